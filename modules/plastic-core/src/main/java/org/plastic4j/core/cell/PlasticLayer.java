package org.plastic4j.core.cell;

import java.util.List;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RuleParameter;

/**
 * A layer of plastic connections from m pre-synaptic to n post-synaptic neurons: W [m, n], alpha [m, n] or [1], and in
 * every lifetime of a batch a trace [m, n].
 */
public sealed interface PlasticLayer permits PlasticCell, PlasticReadout {

    /** m, the number of neurons before the connections. */
    int inputs();

    /** n, the number of neurons behind them. */
    int outputs();

    /** How much of a connection is plastic. */
    Alpha alpha();

    /** How the trace changes; of no effect where alpha is absent. */
    PlasticityRule rule();

    /** Whether connections change during a lifetime. */
    default boolean isPlastic() {
        return alpha() != Alpha.ABSENT;
    }

    /** What is learned besides w and alpha; nothing where the layer is not plastic. */
    default List<RuleParameter> ruleParameters() {
        return isPlastic() ? rule().parameters() : List.of();
    }

    /** How many numbers are trained: m n weights, alpha's, and the rule's. */
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
