package org.plastic4j.core.cell;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.graph.GraphVariables;
import org.plastic4j.core.rule.RuleParameter;

/**
 * A plastic layer's trained variables in a graph.
 *
 * @param w fixed weights, shape [n, n], of a readout [m, n]
 * @param plastic alpha and what the rule learns; empty where the layer is not plastic
 */
public record PlasticParameters(SDVariable w, Optional<Plastic> plastic) {
    /** The name of the fixed weights in {@link Initialisation#draw Initialisation.draw}. */
    public static final String W = "w";
    /** The name of the plasticity coefficients. */
    public static final String ALPHA = "alpha";
    /** The name of the plasticity rate, {@link RuleParameter#ETA}'s key. */
    public static final String ETA = RuleParameter.ETA.key();

    /**
     * The variables of the plastic part.
     *
     * @param alpha plasticity coefficients, of W's shape, or [1] where they are shared
     * @param rule what the plasticity rule learns, each [1], [n] or [m, n]
     */
    public record Plastic(SDVariable alpha, Map<RuleParameter, SDVariable> rule) {
        /**
         * Checks that both are there.
         *
         * @param alpha plasticity coefficients, of W's shape, or [1] where they are shared
         * @param rule what the plasticity rule learns, each [1], [n] or [m, n]
         */
        public Plastic {
            Objects.requireNonNull(alpha, "alpha");
            rule = Collections.unmodifiableMap(new LinkedHashMap<>(rule));
        }
    }

    /**
     * Checks that both are there.
     *
     * @param w fixed weights, shape [n, n], of a readout [m, n]
     * @param plastic alpha and what the rule learns; empty where the layer is not plastic
     */
    public PlasticParameters {
        Objects.requireNonNull(w, "w");
        Objects.requireNonNull(plastic, "plastic");
    }

    /**
     * {@return parameters of a plastic layer whose rule learns eta alone}
     *
     * @param w [m, n]
     * @param alpha [m, n] or [1]
     * @param eta [1]
     */
    public static PlasticParameters plastic(SDVariable w, SDVariable alpha, SDVariable eta) {
        return plastic(w, alpha, Map.of(RuleParameter.ETA, eta));
    }

    /**
     * {@return parameters of a plastic layer}
     *
     * @param w [m, n]
     * @param alpha [m, n] or [1]
     * @param rule what the rule learns, each [1], [n] or [m, n]
     */
    public static PlasticParameters plastic(SDVariable w, SDVariable alpha, Map<RuleParameter, SDVariable> rule) {
        return new PlasticParameters(w, Optional.of(new Plastic(alpha, rule)));
    }

    /**
     * {@return parameters of a layer without plasticity}
     *
     * @param w [m, n]
     */
    public static PlasticParameters fixed(SDVariable w) {
        return new PlasticParameters(w, Optional.empty());
    }

    /**
     * Adds trainable variables w, alpha and the rule's to a graph, under these names in the open name scope, for a graph
     * or scope with one plastic layer.
     *
     * @param graph the graph
     * @param layer what the layer is
     * @param values as from {@link Initialisation#draw Initialisation.draw}
     * @return the variables
     * @throws IllegalArgumentException if a value is missing, or the graph has a variable of one of the names
     */
    public static PlasticParameters create(SameDiff graph, PlasticLayer layer, Map<String, INDArray> values) {
        return withPrefix(graph, "", layer, values);
    }

    /**
     * The same for one of several layers: {@code name_w}, {@code name_alpha} and so on.
     *
     * @param graph the graph
     * @param name the layer's
     * @param layer what the layer is
     * @param values as from {@link Initialisation#draw Initialisation.draw}, without the layer's name
     * @return the variables
     * @throws IllegalArgumentException if a value is missing, or the graph has a variable of one of the names
     */
    public static PlasticParameters create(
            SameDiff graph, String name, PlasticLayer layer, Map<String, INDArray> values) {
        return withPrefix(graph, name + "_", layer, values);
    }

    private static PlasticParameters withPrefix(
            SameDiff graph, String prefix, PlasticLayer layer, Map<String, INDArray> values) {
        Map<String, SDVariable> variables =
                GraphVariables.trainable(graph, "PlasticParameters", prefix, layer.parameterKeys(), values);
        if (!layer.isPlastic()) {
            return fixed(variables.get(W));
        }
        Map<RuleParameter, SDVariable> rule = new LinkedHashMap<>();
        layer.ruleParameters().forEach(parameter -> rule.put(parameter, variables.get(parameter.key())));
        return plastic(variables.get(W), variables.get(ALPHA), rule);
    }

    /**
     * {@return all variables by the names that {@link Initialisation#draw Initialisation.draw} has for their values, whatever the
     * graph calls them}
     */
    public Map<String, SDVariable> variables() {
        Map<String, SDVariable> variables = new LinkedHashMap<>();
        variables.put(W, w);
        plastic.ifPresent(given -> {
            variables.put(ALPHA, given.alpha());
            given.rule().forEach((parameter, variable) -> variables.put(parameter.key(), variable));
        });
        return variables;
    }

    /**
     * Checks that these are the parameters that a layer has.
     *
     * @param layer what the layer is
     * @throws IllegalArgumentException if some are missing, or given for a layer that has none such
     */
    public void requireFor(PlasticLayer layer) {
        Map<RuleParameter, SDVariable> found = plastic.map(Plastic::rule).orElse(Map.of());
        if (layer.isPlastic() != plastic.isPresent() || !found.keySet().equals(Set.copyOf(layer.ruleParameters()))) {
            throw new IllegalArgumentException("PlasticParameters: expected "
                    + names(layer.isPlastic(), layer.ruleParameters()) + " for " + layer.description() + ", found "
                    + names(plastic.isPresent(), found.keySet()) + ".");
        }
    }

    private static String names(boolean plastic, Collection<RuleParameter> rule) {
        Stream<String> keys = rule.stream().map(RuleParameter::key).sorted();
        return Stream.concat(plastic ? Stream.of(W, ALPHA) : Stream.of(W), keys).collect(Collectors.joining(", "));
    }
}
