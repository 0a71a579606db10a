package org.plastic4j.core.op;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Listener;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.autodiff.samediff.config.SDValue;
import org.nd4j.autodiff.samediff.internal.FrameIter;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * A SameDiff session that takes intermediate arrays back as soon as a call is over: the large ones for the next call.
 *
 * <p>SameDiff's own session keeps freed arrays in a cache of up to a quarter of all memory and leaves others to the
 * garbage collector, which does not see how large they are off-heap. The gradients of 30 lifetimes of 100 neurons and 200
 * steps, 300 times, took 3 to 4 GiB in it and 0.6 GiB in this one, and 1.6 times the processor's time; those of a lifetime
 * of 1,001 neurons 0.9 to 1.2 GiB and 0.7 GiB, in the same time. Unrolled lifetimes would fill the machine.
 *
 * <p>Graphs with a lifetime, readout or encoder of this library use it by themselves, unless a program has bound a session
 * of its own; the ops run in any session ({@link HostExecutioner}).
 */
public final class PlasticSession extends InferenceSession {
    private final CallMemory memory = new CallMemory();

    private PlasticSession(SameDiff graph) {
        super(graph);
        setMmgr(memory);
    }

    /**
     * Makes all graphs that are created or loaded from now on use this session. There is no need to, but where ND4J's CUDA
     * backend is used, or this library's entry in {@code META-INF/services} has got lost: there, call it before a saved
     * graph is loaded, and train with {@code calculateGradients}.
     */
    public static void install() {
        HostExecutioner.install();
        SameDiff.bindInferenceFactory(PlasticSession::new);
    }

    /** Makes a graph use this session before an op of this library is added to it. */
    public static void installFor(SameDiff graph) {
        replaceIn(graph);
        if (graph.hasGradientFunction()) {
            // SameDiff would go on with the gradients of the graph as it was.
            graph.setLossVariables(graph.getLossVariables().toArray(String[]::new));
        }
    }

    /**
     * Makes a graph use this session in the place of SameDiff's own, which opens as soon as a variable gets an array. A
     * session of another kind stays.
     */
    static void replaceIn(SameDiff graph) {
        HostExecutioner.install();
        if (SameDiff.getInferenceFactory() instanceof SameDiff.DefaultInferenceFactory) {
            SameDiff.bindInferenceFactory(PlasticSession::new);
        }
        graph.getSessions().values().removeIf(session -> session.getClass() == InferenceSession.class);
    }

    @Override
    public ExecutionResult doExec(
            DifferentialFunction op,
            OpContext context,
            FrameIter outputFrame,
            Set<VarId> opInputs,
            Set<VarId> allIterationInputs,
            Set<String> constantAndPlaceholderInputs,
            Map<String, SDValue> otherPlaceholders) {
        if (op instanceof HostOp<?> hostOp) {
            hostOp.run(context);
            return ExecutionResult.createFrom(op, context);
        }
        return super.doExec(
                op,
                context,
                outputFrame,
                opInputs,
                allIterationInputs,
                constantAndPlaceholderInputs,
                otherPlaceholders);
    }

    @Override
    public ExecutionResult output(
            List<String> variables,
            Map<String, INDArray> placeholders,
            Map<String, SDValue> otherPlaceholders,
            MultiDataSet batch,
            Collection<String> requiredActivations,
            List<Listener> listeners,
            At at) {
        ExecutionResult result = null;
        try {
            result =
                    super.output(variables, placeholders, otherPlaceholders, batch, requiredActivations, listeners, at);
            return result;
        } finally {
            memory.endCall(result);
            freedArrays.clear();
        }
    }
}
