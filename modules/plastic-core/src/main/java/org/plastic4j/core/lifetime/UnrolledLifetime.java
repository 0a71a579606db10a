package org.plastic4j.core.lifetime;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.graph.GraphVariables;
import org.plastic4j.core.graph.PooledSession;
import org.plastic4j.core.rule.Traces;
import org.plastic4j.core.spec.LifetimeVariables;
import org.plastic4j.core.spec.UnrolledSteps;

/**
 * The definition: every step of {@link PlasticCell}'s equations as SameDiff's own ops, for any floating type and any backend,
 * differentiated by SameDiff itself. It keeps every intermediate for the gradient, at least {@code 6 T B n^2} values: use
 * it to read, to check and to vary; train with {@link FusedLifetime}.
 *
 * @param steps T, which a graph without loops must know
 */
public record UnrolledLifetime(int steps) implements Lifetime {
    /**
     * Checks that there is at least one step.
     *
     * @param steps T, which a graph without loops must know
     */
    public UnrolledLifetime {
        if (steps < 1) {
            throw new IllegalArgumentException("UnrolledLifetime: expected at least 1 step, found " + steps + ".");
        }
    }

    @Override
    public LifetimeOutputs build(
            SameDiff graph, String name, PlasticCell cell, PlasticParameters parameters, LifetimeInputs inputs) {
        LifetimeVariables variables = inputs.variables("UnrolledLifetime \"" + name + "\"", cell, parameters, steps);
        String scoped = GraphVariables.name(graph, "UnrolledLifetime", name, LifetimeOutputs.ENDINGS);
        PooledSession.installFor(graph);
        UnrolledSteps unrolled = UnrolledSteps.of(graph, variables, steps, Map.of());
        SDVariable all = graph.stack(scoped + "_y", 0, unrolled.y().toArray(SDVariable[]::new));
        return new LifetimeOutputs(
                all,
                unrolled.traces().map(trace -> trace.hebb().rename(scoped + "_hebb")),
                unrolled.traces().flatMap(Traces::eligibility).map(trace -> trace.rename(scoped + "_eligibility")));
    }
}
