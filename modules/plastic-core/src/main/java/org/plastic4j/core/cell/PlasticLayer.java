package org.plastic4j.core.cell;

import java.util.List;
import java.util.stream.Stream;
import org.plastic4j.core.rule.NeuronState;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RuleParameter;

/**
 * A layer of plastic connections from m pre-synaptic to n post-synaptic neurons: W [m, n], alpha [m, n] or [1], and in
 * every lifetime of a batch a trace [m, n].
 */
public sealed interface PlasticLayer permits PlasticCell, PlasticReadout {

    /** {@return m, the number of neurons before the connections} */
    int inputs();

    /** {@return n, the number of neurons behind them} */
    int outputs();

    /** {@return how much of a connection is plastic} */
    Alpha alpha();

    /** {@return how the trace changes; of no effect where alpha is absent} */
    PlasticityRule rule();

    /** {@return whether connections change during a lifetime} */
    default boolean isPlastic() {
        return alpha() != Alpha.ABSENT;
    }

    /** {@return what is learned besides w and alpha; nothing where the layer is not plastic} */
    default List<RuleParameter> ruleParameters() {
        return isPlastic() ? rule().parameters() : List.of();
    }

    /**
     * {@return the keys of everything that is learned: w, where the layer is plastic alpha, and what its rule
     * learns}
     */
    default List<String> parameterKeys() {
        Stream<String> plastic = Stream.concat(
                Stream.of(PlasticParameters.ALPHA), ruleParameters().stream().map(RuleParameter::key));
        return Stream.concat(Stream.of(PlasticParameters.W), isPlastic() ? plastic : Stream.empty())
                .toList();
    }

    /**
     * {@return how many kinds of trace every connection has: none, the Hebbian one, or that and an eligibility
     * trace}
     */
    default int traces() {
        if (!isPlastic()) {
            return 0;
        }
        return rule().hasEligibility() ? 2 : 1;
    }

    /** {@return what its neurons keep from step to step besides their outputs} */
    default List<NeuronState> states() {
        return isPlastic() ? rule().states() : List.of();
    }

    /** {@return what errors call it, by what its parameters depend on} */
    default String description() {
        return "a cell with " + (isPlastic() ? "rule " + rule().key() : "absent alpha");
    }

    /** {@return how many values are trained: m n weights, alpha's, and the rule's} */
    default long parameterCount() {
        long weights = (long) inputs() * outputs();
        long learnedByRule = ruleParameters().stream()
                .mapToLong(parameter -> parameter.length(inputs(), outputs()))
                .sum();
        return switch (alpha()) {
            case PER_CONNECTION -> 2 * weights + learnedByRule;
            case SHARED -> weights + 1 + learnedByRule;
            case ABSENT -> weights;
        };
    }
}
