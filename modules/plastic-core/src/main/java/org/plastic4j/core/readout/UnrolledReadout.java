package org.plastic4j.core.readout;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.graph.GraphVariables;
import org.plastic4j.core.graph.PooledSession;
import org.plastic4j.core.lifetime.LifetimeOutputs;
import org.plastic4j.core.rule.Traces;

/**
 * The definition: every step of {@link PlasticReadout}'s equations as SameDiff's own ops, for any floating type and any backend,
 * differentiated by SameDiff itself. It keeps every intermediate for the gradient, some {@code T B m n} values each:
 * use it to read, to check and to vary; train with {@link FusedReadout}.
 *
 * @param steps T, which a graph without loops must know
 */
public record UnrolledReadout(int steps) implements ReadoutLifetime {
    /**
     * Checks that there is at least one step.
     *
     * @param steps T, which a graph without loops must know
     */
    public UnrolledReadout {
        if (steps < 1) {
            throw new IllegalArgumentException("UnrolledReadout: expected at least 1 step, found " + steps + ".");
        }
    }

    @Override
    public LifetimeOutputs build(
            SameDiff graph, String name, PlasticReadout readout, PlasticParameters parameters, ReadoutInputs inputs) {
        inputs.variables("UnrolledReadout \"" + name + "\"", readout, parameters, steps);
        String scoped = GraphVariables.name(graph, "UnrolledReadout", name, "_y", "_hebb");
        PooledSession.installFor(graph);
        SDVariable[] x = graph.unstack(inputs.x(), 0, steps);
        SDVariable[] drive = graph.unstack(inputs.drive(), 0, steps);

        SDVariable[] outputs = new SDVariable[steps];
        Optional<SDVariable> hebb = initialTrace(graph, readout, inputs, x[0], drive[0]);
        for (int t = 0; t < steps; t++) {
            SDVariable pre = graph.expandDims(x[t], 2);
            SDVariable now = graph.nn().softmax(weighted(pre, parameters, hebb).add(drive[t]), 1);
            outputs[t] = now;
            hebb = hebb.map(trace -> readout.rule()
                    .next(
                            Traces.of(trace),
                            pre,
                            graph.expandDims(now, 1),
                            parameters.plastic().orElseThrow().rule())
                    .hebb());
        }
        SDVariable all = graph.stack(scoped + "_y", 0, outputs);
        return new LifetimeOutputs(all, hebb.map(trace -> trace.rename(scoped + "_hebb")), Optional.empty());
    }

    private static Optional<SDVariable> initialTrace(
            SameDiff graph, PlasticReadout readout, ReadoutInputs inputs, SDVariable x, SDVariable drive) {
        if (!readout.isPlastic()) {
            return Optional.empty();
        }
        // Zeros of shape [B, m, n], whatever B will be.
        return Optional.of(inputs.hebb0()
                .orElseGet(() -> graph.zerosLike(graph.expandDims(x, 2).mul(graph.expandDims(drive, 1)))));
    }

    /**
     * x(t) (W + alpha * H(t)), shape [B, n], from x(t) of shape [B, m, 1]. The sum is written out because the gradient
     * of ND4J's matmul rejects 1 x 1 matrices, and m, n and B may all be 1.
     */
    private static SDVariable weighted(SDVariable x, PlasticParameters parameters, Optional<SDVariable> hebb) {
        SDVariable connections = hebb.map(trace ->
                        parameters.plastic().orElseThrow().alpha().mul(trace).add(parameters.w()))
                // Of as many axes as x: where m and B are 1, ND4J takes x for a scalar, which has none.
                .orElseGet(() -> x.getSameDiff().expandDims(parameters.w(), 0));
        return x.mul(connections).sum(1);
    }
}
