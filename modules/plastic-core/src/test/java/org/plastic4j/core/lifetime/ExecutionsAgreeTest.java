package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.rule.Bcm;
import org.plastic4j.core.rule.BoundedHebb;
import org.plastic4j.core.rule.Bounding;
import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.core.rule.FanOut;
import org.plastic4j.core.rule.Neuromodulated;
import org.plastic4j.core.rule.Oja;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.Retroactive;

/** The fused lifetime against the definition: outputs, final traces and all gradients. */
@Tag("kernel")
@Tag("slow")
class ExecutionsAgreeTest {
    private static final double[] ETAS = {0.01, 0.3, 1.2};
    /** Bounds so narrow that many traces reach them. */
    private static final List<PlasticityRule> RULES = List.of(
            new DecayingHebb(),
            new Oja(),
            new BoundedHebb(Bounding.HARD, 0.5),
            new BoundedHebb(Bounding.SOFT, 0.5),
            new Neuromodulated(FanOut.NONE, 0.5),
            new Neuromodulated(FanOut.PER_NEURON, 0.5),
            new Retroactive(0.5),
            new Bcm(0.5));

    /** A case that prints as what it is. */
    record Named(LifetimeCase lifetimes, String name) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Named named(
            int n, int steps, int batch, PlasticityRule rule, Alpha alpha, boolean clamped, boolean state, long seed) {
        // Oja's rule is stable only while eta y^2 stays small; the decaying trace may be pushed further.
        double eta = rule instanceof Oja || rule instanceof Retroactive ? 0.3 : ETAS[(int) (seed % ETAS.length)];
        return new Named(
                LifetimeCase.random(new PlasticCell(n, alpha, rule), clamped, state, steps, batch, eta, seed),
                "n=%d T=%d B=%d %s %s%s%s eta=%s seed=%d"
                        .formatted(
                                n,
                                steps,
                                batch,
                                rule.key(),
                                alpha.key(),
                                clamped ? " clamped" : "",
                                state ? " from state" : "",
                                eta,
                                seed));
    }

    static Stream<Named> oddSizes() {
        List<Named> cases = new ArrayList<>();
        for (int n : new int[] {1, 2, 3, 17, 63, 100}) {
            for (int steps : new int[] {1, 2, 9}) {
                for (int batch : new int[] {1, 3}) {
                    long seed = 1000L * n + 10L * steps + batch;
                    Random random = new Random(seed);
                    cases.add(named(
                            n,
                            steps,
                            batch,
                            RULES.get(random.nextInt(RULES.size())),
                            Alpha.values()[random.nextInt(3)],
                            random.nextBoolean(),
                            random.nextBoolean(),
                            seed));
                }
            }
        }
        return cases.stream();
    }

    static Stream<Named> allVariants() {
        List<Named> cases = new ArrayList<>();
        for (PlasticityRule rule : RULES) {
            for (Alpha alpha : List.of(Alpha.PER_CONNECTION, Alpha.SHARED)) {
                cases.addAll(inputVariants(rule, alpha, 100 + 10 * cases.size()));
            }
        }
        // Without plasticity, rules make no difference.
        cases.addAll(inputVariants(new Neuromodulated(FanOut.NONE, 0.5), Alpha.ABSENT, 99));
        return cases.stream();
    }

    private static List<Named> inputVariants(PlasticityRule rule, Alpha alpha, long seed) {
        List<Named> cases = new ArrayList<>();
        for (boolean clamped : new boolean[] {false, true}) {
            for (boolean state : new boolean[] {false, true}) {
                cases.add(named(13, 5, 2, rule, alpha, clamped, state, seed + cases.size()));
            }
        }
        return cases;
    }

    /** The definition is lived in double alone: unrolled graphs are slow, and it is the reference for floats too. */
    @ParameterizedTest
    @MethodSource({"allVariants", "oddSizes"})
    void theFusedLifetimeAgreesWithTheDefinitionInDoubleAndFloat(Named named) {
        LifetimeCase lifetimes = named.lifetimes();
        Map<String, INDArray> expected = lifetimes.run(new UnrolledLifetime(lifetimes.steps()), DataType.DOUBLE);
        Agreement.assertAgree(
                expected, lifetimes.run(new FusedLifetime(), DataType.DOUBLE), 1e-9, named + " in double");
        Agreement.assertAgree(expected, lifetimes.run(new FusedLifetime(), DataType.FLOAT), 1e-4, named + " in float");
    }

    @ParameterizedTest
    @MethodSource("inFloat")
    void theDefinitionInFloatStaysNearTheDouble(Named named) {
        LifetimeCase lifetimes = named.lifetimes();
        Lifetime definition = new UnrolledLifetime(lifetimes.steps());
        Agreement.assertAgree(
                lifetimes.run(definition, DataType.DOUBLE),
                lifetimes.run(definition, DataType.FLOAT),
                1e-4,
                named + " unrolled in float");
    }

    /** Every rule once, with all kinds of input. */
    static Stream<Named> inFloat() {
        return RULES.stream().map(rule -> named(5, 4, 2, rule, Alpha.PER_CONNECTION, true, true, 50));
    }

    static Stream<Named> large() {
        DecayingHebb decaying = new DecayingHebb();
        return Stream.of(
                // Several panels and segments.
                named(300, 40, 2, decaying, Alpha.PER_CONNECTION, false, true, 3),
                named(300, 41, 1, new Oja(), Alpha.PER_CONNECTION, true, true, 4),
                named(257, 33, 3, decaying, Alpha.SHARED, true, false, 6),
                named(300, 20, 2, decaying, Alpha.ABSENT, false, false, 7),
                // Rows in several parts.
                named(530, 17, 2, decaying, Alpha.PER_CONNECTION, false, true, 15),
                named(530, 17, 1, new Oja(), Alpha.PER_CONNECTION, false, true, 16),
                // Nothing of a trace is kept.
                new Named(
                        LifetimeCase.random(
                                new PlasticCell(180, Alpha.PER_CONNECTION, decaying), false, true, 17, 2, 1, 17),
                        "n=180 T=17 B=2 decaying_hebb from state eta=1 seed=17"),
                named(300, 37, 3, new BoundedHebb(Bounding.SOFT, 0.5), Alpha.SHARED, false, true, 11),
                // Traces in groups: all segments' would be too many.
                named(300, 1600, 1, decaying, Alpha.PER_CONNECTION, false, true, 9));
    }

    /** Cases by a number that tells their seeds apart. */
    static Stream<LongFunction<Named>> largeAndClipped() {
        return Stream.of(
                k -> large(1, new BoundedHebb(Bounding.HARD, 0.5), true, true, 10 + 5 * k),
                k -> large(1, new Neuromodulated(FanOut.PER_NEURON, 0.5), true, true, 12 + 5 * k),
                k -> large(2, new Neuromodulated(FanOut.NONE, 0.5), false, false, 13 + 5 * k),
                k -> large(1, new Retroactive(0.5), false, true, 14 + 5 * k));
    }

    private static Named large(int batch, PlasticityRule rule, boolean clamped, boolean state, long seed) {
        return named(300, 37, batch, rule, Alpha.PER_CONNECTION, clamped, state, seed);
    }

    /** Lives whose traces are not all kept: they are undone, or lived again where eta or the length forbids that. */
    static Stream<Named> notAllKept() {
        List<Named> cases = new ArrayList<>();
        for (PlasticityRule rule : List.of(new DecayingHebb(), new Oja())) {
            cases.add(notAllKept(500, 264, 2, rule, 0.005));
            cases.add(notAllKept(500, 264, 2, rule, 0.02));
            // Undone with errors that grow nearly as much as they may.
            cases.add(notAllKept(300, 700, 1, rule, 0.0029));
        }
        return cases.stream();
    }

    private static Named notAllKept(int n, int steps, int batch, PlasticityRule rule, double eta) {
        return new Named(
                LifetimeCase.random(new PlasticCell(n, Alpha.PER_CONNECTION, rule), true, true, steps, batch, eta, n),
                "n=%d T=%d B=%d %s clamped from state eta=%s seed=%d".formatted(n, steps, batch, rule.key(), eta, n));
    }

    /** Batches whose traces are not all in memory at a time. */
    static Stream<Named> notTogether() {
        return Stream.of(
                named(510, 10, 3, new DecayingHebb(), Alpha.PER_CONNECTION, true, true, 600),
                named(510, 10, 3, new DecayingHebb(), Alpha.SHARED, false, true, 601),
                named(300, 18, 7, new Oja(), Alpha.SHARED, true, true, 602),
                named(510, 10, 3, new Oja(), Alpha.PER_CONNECTION, false, false, 603));
    }

    /** Lifetimes that end before, with and after a segment of 8 steps; the final trace has a gradient in all. */
    static Stream<Named> aroundSegments() {
        List<Named> cases = new ArrayList<>();
        for (int steps : new int[] {7, 8, 9, 16, 17}) {
            cases.add(named(180, steps, 3, new DecayingHebb(), Alpha.PER_CONNECTION, true, true, 200 + steps));
            cases.add(named(180, steps, 3, new Oja(), Alpha.SHARED, false, true, 300 + steps));
            cases.add(named(45, steps, 3, new Oja(), Alpha.PER_CONNECTION, true, false, 400 + steps));
            cases.add(named(45, steps, 3, new DecayingHebb(), Alpha.SHARED, false, false, 1500 + steps));
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource({"large", "aroundSegments", "notAllKept", "notTogether"})
    void largeLifetimesInFloatAgreeWithDouble(Named named) {
        LifetimeCase lifetimes = named.lifetimes();
        Map<String, INDArray> expected = lifetimes.run(new FusedLifetime(), DataType.DOUBLE);
        Map<String, INDArray> found = lifetimes.run(new FusedLifetime(), DataType.FLOAT);
        Agreement.assertAgree(expected, found, 1e-4, named + " in float");
    }

    /**
     * Of millions of traces, a few come so near to the bound that rounding decides whether they are clipped, on each
     * processor others: where the two types clip the same traces, they agree; where they do not, it was rounding.
     */
    @ParameterizedTest
    @MethodSource("largeAndClipped")
    void clippedLifetimesInFloatAgreeWithDoubleUnlessRoundingDecidesWhatIsClipped(LongFunction<Named> seeds) {
        for (long k = 0; k < 20; k++) {
            Named named = seeds.apply(k);
            BoundDecisions decisions = BoundDecisions.of(named.lifetimes());
            assertThat(decisions.margin())
                    .as(
                            "largest distance from the bound of %d traces that only one type clips, of %s",
                            decisions.apart(), named)
                    .isLessThan(1e-5);
            if (decisions.apart() == 0) {
                largeLifetimesInFloatAgreeWithDouble(named);
                return;
            }
        }
        throw new AssertionError("in none of 20 cases of " + seeds.apply(0) + " both types clip the same traces");
    }

    static Stream<Named> thousandSteps() {
        List<Named> cases = new ArrayList<>();
        for (double eta : new double[] {0.001, 0.02, 0.2}) {
            for (PlasticityRule rule : List.of(new DecayingHebb(), new Oja())) {
                int n = cases.size() % 2 == 0 ? 64 : 99;
                long seed = 600 + cases.size();
                LifetimeCase lifetimes = LifetimeCase.random(
                        new PlasticCell(n, Alpha.PER_CONNECTION, rule), false, true, 1000, 1, eta, seed);
                cases.add(new Named(lifetimes, "n=%d T=1000 %s eta=%s seed=%d".formatted(n, rule.key(), eta, seed)));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("thousandSteps")
    void aThousandStepsInFloatStayNearTheDouble(Named named) {
        LifetimeCase lifetimes = named.lifetimes();
        Agreement.assertAgree(
                lifetimes.run(new FusedLifetime(), DataType.DOUBLE),
                lifetimes.run(new FusedLifetime(), DataType.FLOAT),
                1e-3,
                named + " in float");
    }
}
