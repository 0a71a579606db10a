package org.plastic4j.core.op;

import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.autodiff.samediff.config.SDValue;
import org.nd4j.autodiff.samediff.internal.FrameIter;
import org.nd4j.linalg.api.ops.OpContext;
import org.plastic4j.core.graph.PooledSession;

/**
 * A {@link PooledSession} that runs this library's ops itself, whatever executioner ND4J has.
 *
 * <p>Graphs with a fused lifetime, readout or encoder use it by themselves, unless a program has bound a session of its own;
 * the ops run in any session ({@link HostExecutioner}).
 */
public final class PlasticSession extends PooledSession {
    private PlasticSession(SameDiff graph) {
        super(graph);
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
        forgetGradients(graph);
    }

    /** Makes a graph that has such an op use this session. */
    static void replaceIn(SameDiff graph) {
        HostExecutioner.install();
        replaceIn(graph, PlasticSession::new);
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
}
