package org.plastic4j.core.lifetime;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SameDiff;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.graph.GraphVariables;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.kernel.compiled.RuleProgram;
import org.plastic4j.core.op.FusedLifetimeOp;
import org.plastic4j.core.op.PlasticSession;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.spec.LifetimeVariables;
import org.plastic4j.core.spec.Signature;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The same function and gradients as {@link UnrolledLifetime} in one op of the graph, for float and double on the CPU: the
 * equations of {@link PlasticCell}, of external inputs [T, B, n] the outputs y [T, B, n] and the final traces [B, n, n].
 * Memory does not grow with T n^2, and the number of steps is read from the external input at run time.
 *
 * <p>A rule of one's own is compiled from its definition (see docs/rules.md). One that cannot be compiled runs in the same
 * op, slower: its definition is unrolled in chunks of steps, and the log says why. A rule that no {@link
 * org.plastic4j.core.rule.RuleProvider} finds by its key cannot be in an op at all: an {@link UnrolledLifetime} takes its
 * place, whose memory grows with T n^2, and the external input has to have a known number of steps.
 *
 * <p>What goes in is checked when the graph runs: another shape or type than that of the external input is rejected, and so is a
 * NaN or an infinity ({@link NotFiniteInput}), by the input's name.
 *
 * <p>The op is Java code inside the graph. On ND4J's CPU backend it runs wherever SameDiff runs ops: {@link
 * SameDiff#output SameDiff.output}, {@link SameDiff#calculateGradients SameDiff.calculateGradients}, {@link SameDiff#fit
 * SameDiff.fit}, a Deeplearning4j {@code SameDiffLayer}, a graph that was saved and is loaded in another process. {@code fit}
 * keeps its arrays as all of SameDiff does; {@code calculateGradients} with an ND4J updater needs a fraction of that memory
 * ({@link PlasticSession}). On the CUDA backend it runs in a {@link PlasticSession} alone. A {@code SameDiffLayer} has to use
 * the final trace, such as by {@code y.add(hebb.sum().mul(0.0))}: SameDiff takes an output that nothing uses for the loss.
 */
public record FusedLifetime() implements Lifetime {
    private static final Logger LOG = LoggerFactory.getLogger(FusedLifetime.class);

    /**
     * {@return why a rule is not compiled, or would not be found by its key, as the end of a sentence; empty if neither}
     *
     * @param rule the plasticity rule
     */
    public static Optional<String> whyNot(PlasticityRule rule) {
        return RuleProgram.whyNot(rule);
    }

    @Override
    public LifetimeOutputs build(
            SameDiff graph, String name, PlasticCell cell, PlasticParameters parameters, LifetimeInputs inputs) {
        Optional<String> why = cell.isPlastic() ? RuleProgram.whyNotFound(cell.rule()) : Optional.empty();
        if (why.isPresent()) {
            return unrolled(why.get(), graph, name, cell, parameters, inputs);
        }
        String where = "FusedLifetime \"" + name + "\"";
        LifetimeVariables variables = inputs.variables(where, cell, parameters, Signature.ANY);
        String scoped = GraphVariables.name(graph, "FusedLifetime", name, LifetimeOutputs.ENDINGS);
        return LifetimeOutputs.of(
                scoped, new FusedLifetimeOp(graph, variables.spec(), variables.arguments()).outputVariables(scoped));
    }

    /** The definition instead, whose graph has to know T. */
    private static LifetimeOutputs unrolled(
            String why,
            SameDiff graph,
            String name,
            PlasticCell cell,
            PlasticParameters parameters,
            LifetimeInputs inputs) {
        long steps = Signature.knownSize(inputs.drive(), 0);
        if (steps == Signature.ANY) {
            throw new IllegalArgumentException(
                    "FusedLifetime \"" + name + "\": expected a drive of a known number of steps"
                            + " for the rule " + cell.rule().key()
                            + ", which runs unrolled since " + why + ", found one of any"
                            + " number; give its placeholder T, or use UnrolledLifetime(T).");
        }
        LOG.warn(
                "Lifetime \"{}\" of the rule {} runs unrolled, slower and with memory for {} steps: {}.",
                name,
                cell.rule().key(),
                steps,
                why);
        return new UnrolledLifetime(Math.toIntExact(steps)).build(graph, name, cell, parameters, inputs);
    }
}
