package org.plastic4j.core.lifetime;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.graph.GraphVariables;
import org.plastic4j.core.graph.PooledSession;
import org.plastic4j.core.rule.NeuronState;
import org.plastic4j.core.rule.Traces;

/**
 * The definition: every step of the lifetime as SameDiff's own ops, for any floating type and any backend,
 * differentiated by SameDiff itself. It keeps every intermediate for the gradient, at least {@code 6 T B n^2} values: use
 * it to read, to check and to vary; train with {@link FusedLifetime}.
 *
 * @param steps T, which a graph without loops must know
 */
public record UnrolledLifetime(int steps) implements Lifetime {
    /** Checks that there is at least one step. */
    public UnrolledLifetime {
        if (steps < 1) {
            throw new IllegalArgumentException("UnrolledLifetime: expected at least 1 step, found " + steps + ".");
        }
    }

    @Override
    public LifetimeOutputs build(
            SameDiff graph, String name, PlasticCell cell, PlasticParameters parameters, LifetimeInputs inputs) {
        inputs.variables("UnrolledLifetime \"" + name + "\"", cell, parameters, steps);
        String scoped = GraphVariables.name(graph, "UnrolledLifetime", name, LifetimeOutputs.ENDINGS);
        PooledSession.installFor(graph);
        SDVariable[] drive = graph.unstack(inputs.drive(), 0, steps);
        Optional<SDVariable[]> mask = inputs.clamp().map(clamp -> graph.unstack(clamp.mask(), 0, steps));
        Optional<SDVariable[]> value = inputs.clamp().map(clamp -> graph.unstack(clamp.value(), 0, steps));

        SDVariable[] outputs = new SDVariable[steps];
        SDVariable y = inputs.y0().orElseGet(() -> graph.zerosLike(drive[0]));
        Optional<Traces> traces = initialTraces(graph, cell, inputs, y);
        for (int t = 0; t < steps; t++) {
            SDVariable before = y;
            SDVariable free = graph.math()
                    .tanh(drive[t].add(recurrent(graph, cell, parameters, traces.map(Traces::hebb), before)));
            y = mask.isEmpty() ? free : clamp(mask.get()[t], value.orElseThrow()[t], free);
            outputs[t] = y;
            SDVariable now = y;
            traces = traces.map(trace -> cell.rule()
                    .next(
                            trace,
                            graph.expandDims(before, 2),
                            graph.expandDims(now, 1),
                            parameters.plastic().orElseThrow().rule())
                    .requiredOf(cell.rule()));
        }
        SDVariable all = graph.stack(scoped + "_y", 0, outputs);
        return new LifetimeOutputs(
                all,
                traces.map(trace -> trace.hebb().rename(scoped + "_hebb")),
                traces.flatMap(Traces::eligibility).map(trace -> trace.rename(scoped + "_eligibility")));
    }

    private static Optional<Traces> initialTraces(
            SameDiff graph, PlasticCell cell, LifetimeInputs inputs, SDVariable y0) {
        if (!cell.isPlastic()) {
            return Optional.empty();
        }
        Optional<SDVariable> eligibility = cell.hasEligibility()
                ? Optional.of(inputs.eligibility0().orElseGet(() -> zeros(graph, y0)))
                : Optional.empty();
        Map<NeuronState, SDVariable> states = new HashMap<>();
        cell.states()
                .forEach(state -> states.put(
                        state, graph.zerosLike(graph.expandDims(y0, 1)).add(state.initial())));
        return Optional.of(new Traces(inputs.hebb0().orElseGet(() -> zeros(graph, y0)), eligibility, states));
    }

    /** Of shape [B, n, n], whatever B will be. */
    private static SDVariable zeros(SameDiff graph, SDVariable y0) {
        return graph.zerosLike(graph.expandDims(y0, 2).mul(graph.expandDims(y0, 1)));
    }

    /** y(t-1) (W + alpha * H(t)), shape [B, n]. */
    private static SDVariable recurrent(
            SameDiff graph,
            PlasticCell cell,
            PlasticParameters parameters,
            Optional<SDVariable> hebb,
            SDVariable before) {
        // ND4J's matmul rejects the gradient of 1 x 1 matrices; their product is the elementwise one.
        boolean single = cell.neurons() == 1;
        SDVariable fixed = single ? before.mul(parameters.w()) : before.mmul(parameters.w());
        if (hebb.isEmpty()) {
            return fixed;
        }
        SDVariable connections = parameters.plastic().orElseThrow().alpha().mul(hebb.get());
        return fixed.add(
                single
                        ? before.mul(graph.squeeze(connections, 1))
                        : graph.squeeze(graph.expandDims(before, 1).mmul(connections), 1));
    }

    private static SDVariable clamp(SDVariable mask, SDVariable value, SDVariable free) {
        return mask.mul(value).add(mask.rsub(1.0).mul(free));
    }
}
