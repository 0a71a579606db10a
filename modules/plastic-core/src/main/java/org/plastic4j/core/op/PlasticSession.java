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
import org.nd4j.imports.converters.ImportClassMapping;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The SameDiff session that runs this library's ops, and takes intermediate arrays back as soon as a call is over: the
 * large ones for the next call.
 *
 * <p>SameDiff's own session keeps freed arrays in a cache of up to a quarter of all memory and leaves others to the
 * garbage collector, which does not see how large they are off-heap; unrolled lifetimes would fill the machine.
 */
public final class PlasticSession extends InferenceSession {
    private final CallMemory memory = new CallMemory();

    static {
        for (JavaOp op : List.of(
                new FusedLifetimeOp(),
                new FusedLifetimeGradOp(),
                new LivedLifetimeOp(),
                new FusedReadoutOp(),
                new FusedReadoutGradOp(),
                new FusedConvolutionOp(),
                new FusedConvolutionGradOp())) {
            ImportClassMapping.getOpNameMapping().put(op.opName(), op);
        }
        SameDiff.bindInferenceFactory(PlasticSession::new);
    }

    private PlasticSession(SameDiff graph) {
        super(graph);
        setMmgr(memory);
    }

    /**
     * Makes graphs that are created or loaded from now on use this session. Call it before loading a saved graph that
     * has a fused op of this library; building one does it by itself.
     */
    public static void install() {
        // The work is done once, when the class is initialised.
    }

    /**
     * Makes a graph use this session, even if it has opened another before. SameDiff opens one as soon as a variable
     * gets an array, and drops what it has opened only when a variable becomes a constant: hence the constant.
     */
    public static void installFor(SameDiff graph, String name) {
        install();
        graph.convertToConstants(List.of(graph.var(name + "_session", Nd4j.scalar(0f))));
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
        if (op instanceof JavaOp javaOp) {
            javaOp.execute(context);
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
