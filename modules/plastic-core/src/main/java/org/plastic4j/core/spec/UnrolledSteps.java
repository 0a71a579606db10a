package org.plastic4j.core.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.plastic4j.core.rule.NeuronState;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RuleParameter;
import org.plastic4j.core.rule.Traces;

/**
 * Steps of a cell's lifetimes as SameDiff's own ops: the definition, of whole lifetimes or of a chunk of them.
 *
 * @param y the outputs of each step, [B, n]
 * @param traces after the last step; empty where the cell is not plastic
 */
public record UnrolledSteps(List<SDVariable> y, Optional<Traces> traces) {
    /** Copies the list. */
    public UnrolledSteps {
        y = List.copyOf(y);
    }

    /**
     * Adds steps to a graph.
     *
     * @param variables a cell's, whose drive has this many steps
     * @param states of neurons to begin from, [B, 1, n]; the others begin with their initial values
     */
    public static UnrolledSteps of(
            SameDiff graph, LifetimeVariables variables, int steps, Map<NeuronState, SDVariable> states) {
        SDVariable[] drive = graph.unstack(variables.get(Slot.DRIVE), 0, steps);
        Optional<SDVariable[]> mask = variables.find(Slot.MASK).map(given -> graph.unstack(given, 0, steps));
        Optional<SDVariable[]> value = variables.find(Slot.VALUE).map(given -> graph.unstack(given, 0, steps));
        Map<RuleParameter, SDVariable> rule = new LinkedHashMap<>();
        variables.spec().layer().ruleParameters().forEach(key -> rule.put(key, variables.get(key.key())));

        List<SDVariable> outputs = new ArrayList<>();
        SDVariable y = variables.find(Slot.Y0).orElseGet(() -> graph.zerosLike(drive[0]));
        Optional<Traces> traces = initialTraces(graph, variables, y, states);
        for (int t = 0; t < steps; t++) {
            SDVariable before = y;
            SDVariable free =
                    graph.math().tanh(drive[t].add(recurrent(graph, variables, traces.map(Traces::hebb), before)));
            y = mask.isEmpty() ? free : clamp(mask.get()[t], value.orElseThrow()[t], free);
            outputs.add(y);
            SDVariable now = y;
            PlasticityRule next = variables.spec().rule();
            traces = traces.map(trace -> next.next(trace, graph.expandDims(before, 2), graph.expandDims(now, 1), rule)
                    .requiredOf(next));
        }
        return new UnrolledSteps(
                outputs,
                traces.map(trace -> new Traces(
                        own(trace.hebb()),
                        trace.eligibility().map(UnrolledSteps::own),
                        trace.states().entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, state -> own(state.getValue()))))));
    }

    /** Not what came in, where a rule leaves a trace as it is: outputs get names, and are closed. */
    private static SDVariable own(SDVariable trace) {
        return trace.getVariableType() == VariableType.ARRAY ? trace : trace.mul(1.0);
    }

    private static Optional<Traces> initialTraces(
            SameDiff graph, LifetimeVariables variables, SDVariable y0, Map<NeuronState, SDVariable> given) {
        if (!variables.spec().isPlastic()) {
            return Optional.empty();
        }
        Optional<SDVariable> eligibility = variables.spec().rule().hasEligibility()
                ? Optional.of(variables.find(Slot.ELIGIBILITY0).orElseGet(() -> zeros(graph, y0)))
                : Optional.empty();
        Map<NeuronState, SDVariable> states = new LinkedHashMap<>(given);
        for (NeuronState state : variables.spec().layer().states()) {
            states.computeIfAbsent(
                    state, missing -> graph.zerosLike(graph.expandDims(y0, 1)).add(state.initial()));
        }
        return Optional.of(
                new Traces(variables.find(Slot.HEBB0).orElseGet(() -> zeros(graph, y0)), eligibility, states));
    }

    /** Of shape [B, n, n], whatever B will be. */
    private static SDVariable zeros(SameDiff graph, SDVariable y0) {
        return graph.zerosLike(graph.expandDims(y0, 2).mul(graph.expandDims(y0, 1)));
    }

    /** y(t-1) (W + alpha * H(t)), shape [B, n]. */
    private static SDVariable recurrent(
            SameDiff graph, LifetimeVariables variables, Optional<SDVariable> hebb, SDVariable before) {
        // ND4J's matmul rejects the gradient of 1 x 1 matrices; their product is the elementwise one.
        boolean single = variables.spec().layer().outputs() == 1;
        SDVariable w = variables.get(Slot.W);
        SDVariable fixed = single ? before.mul(w) : before.mmul(w);
        if (hebb.isEmpty()) {
            return fixed;
        }
        SDVariable connections = variables.get(Slot.ALPHA).mul(hebb.get());
        return fixed.add(
                single
                        ? before.mul(graph.squeeze(connections, 1))
                        : graph.squeeze(graph.expandDims(before, 1).mmul(connections), 1));
    }

    private static SDVariable clamp(SDVariable mask, SDVariable value, SDVariable free) {
        return mask.mul(value).add(mask.rsub(1.0).mul(free));
    }
}
