package org.plastic4j.core.op;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.imports.converters.ImportClassMapping;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.graph.Nd4jCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ND4J's executioner, which runs all ops but this library's own: those run here. So they run in whatever calls ND4J:
 * sessions, {@code SameDiff.fit}, layers of Deeplearning4j.
 *
 * <p>It takes its place when ND4J starts ({@link Nd4jStart}), or else before the first op of this library is put into a
 * graph. ND4J can be told an executioner by the name of its class (property {@code opexec}), but not one that passes
 * everything else on to what the backend brings: hence the private field.
 */
final class HostExecutioner implements InvocationHandler {
    private static final Logger LOG = LoggerFactory.getLogger(HostExecutioner.class);

    /** Of the op that is registered last. */
    private static final String LAST_NAME = FusedConvolutionGradOp.NAME;

    private final OpExecutioner nd4j;

    private HostExecutioner(OpExecutioner nd4j) {
        this.nd4j = nd4j;
    }

    /**
     * Takes ND4J's executioner's place and registers the ops' names, if that has not been done.
     *
     * @throws IllegalStateException if ND4J computes wrong results in this process
     */
    static void install() {
        Nd4jCheck.require();
        takePlace();
        registerNames();
    }

    /**
     * Takes ND4J's executioner's place. Not that of CUDA's, which ND4J's own code casts to its class: there, ops of this
     * library run in a {@link PlasticSession} alone.
     */
    static void takePlace() {
        // Before the lock: a thread that starts ND4J comes here too.
        OpExecutioner nd4j = Nd4j.getExecutioner();
        if (!isInPlace(nd4j) && nd4j.type() != ExecutionerType.CUDA) {
            replace();
        }
    }

    private static boolean isInPlace(OpExecutioner executioner) {
        return Proxy.isProxyClass(executioner.getClass())
                && Proxy.getInvocationHandler(executioner) instanceof HostExecutioner;
    }

    private static synchronized void replace() {
        OpExecutioner nd4j = Nd4j.getExecutioner();
        if (isInPlace(nd4j)) {
            return;
        }
        Class<?>[] type = {OpExecutioner.class};
        Object ours = Proxy.newProxyInstance(OpExecutioner.class.getClassLoader(), type, new HostExecutioner(nd4j));
        try {
            Field field = Nd4j.class.getDeclaredField("OP_EXECUTIONER_INSTANCE");
            field.setAccessible(true);
            field.set(null, ours);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("Not the ND4J that this library is made for: its ops run in a PlasticSession alone.", e);
        }
    }

    /** Registers the ops where SameDiff looks for those of a graph that it loads or copies. */
    private static void registerNames() {
        // Before the lock: it initialises ND4J's ops, for which another thread may be waiting.
        Map<String, DifferentialFunction> names = ImportClassMapping.getOpNameMapping();
        if (!names.containsKey(LAST_NAME)) {
            register(names);
        }
    }

    private static synchronized void register(Map<String, DifferentialFunction> names) {
        for (HostOp<?> op : List.of(
                new FusedLifetimeOp(),
                new FusedLifetimeGradOp(),
                new RecordedLifetimeOp(),
                new FusedReadoutOp(),
                new FusedReadoutGradOp(),
                new FusedConvolutionOp(),
                new FusedConvolutionGradOp())) {
            names.put(op.opName(), op);
        }
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (arguments != null && arguments[0] instanceof HostOp<?> op) {
            return run(op, method.getName(), arguments);
        }
        if (method.getName().equals("getCustomOperations")) {
            // What looks up ops by name calls this first. When ND4J starts would be too early: a thread that
            // initialises
            // its ops may be waiting for that.
            registerNames();
        }
        try {
            return method.invoke(nd4j, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object run(HostOp<?> op, String method, Object[] arguments) {
        return switch (method) {
            case "exec" -> arguments.length == 2 ? op.run((OpContext) arguments[1]) : runAlone(op);
            case "calculateOutputShape" ->
                arguments.length == 2 ? op.calculateOutputShape((OpContext) arguments[1]) : op.calculateOutputShape();
            case "execAndReturn" -> {
                runAlone(op);
                yield op;
            }
            default -> throw new UnsupportedOperationException(op.opName() + ": " + method);
        };
    }

    /** Runs an op that is in no graph on its own arguments, and gives it outputs where it has none. */
    private INDArray[] runAlone(HostOp<?> op) {
        OpContext context = nd4j.buildContext();
        context.setInputArrays(op.inputArguments());
        if (op.numOutputArguments() == 0) {
            op.calculateOutputShape(context)
                    .forEach(shape ->
                            op.addOutputArgument(Nd4j.createUninitialized(shape.dataType(), shape.getShape())));
        }
        context.setOutputArrays(op.outputArguments());
        return op.run(context);
    }
}
