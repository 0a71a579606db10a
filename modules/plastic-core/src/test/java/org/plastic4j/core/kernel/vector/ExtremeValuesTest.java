package org.plastic4j.core.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.kernel.LifetimeKernel;
import org.plastic4j.core.kernel.reference.ReferenceKernel;
import org.plastic4j.core.rule.PlasticityRule;

/**
 * Both fast kernels against the reference in double, where floats end: at sizes that fill no vector. {@code OnTheBoundTest} has
 * traces on their bound.
 */
@Tag("kernel")
class ExtremeValuesTest {
    private static final double BOUND = 0.5;
    /** More than are deferred together. */
    private static final int STEPS = 11;
    /** In more of them, some of thousands of traces come so near to the bound that rounding decides whether they are clipped. */
    private static final int BOUNDED_STEPS = 3;

    private static final int BATCH = 2;
    private static final double TOLERANCE = 1e-4;
    /** Of sums that cancel, beside the largest of all that a kernel gives. */
    private static final double ROUNDING = 1e-7;

    private static final List<String> DECAYING = List.of("decaying_hebb", "oja");
    private static final List<String> BOUNDED =
            List.of("hard_bound", "soft_bound", "neuromodulated", "neuromodulated_fan_out", "retroactive", "abcd");
    private static final List<String> OTHERS = List.of("bcm", "stpn");

    private enum Extreme {
        NONE(UnaryOperator.identity()),
        ZERO(lifetimes -> lifetimes.with(label -> !label.startsWith("gradient"), value -> 0)),
        DENORMAL_PARAMETERS(lifetimes -> lifetimes.with(Set.of("w", "alpha")::contains, value -> 1e-40 * value)),
        DENORMAL_ACTIVITY(lifetimes -> lifetimes
                .with(Set.of("drive", "y0", "clamped value")::contains, value -> 1e-40 * value)
                .with(ExtremeValuesTest::isTrace, value -> 1e-38 * value)),
        SATURATED_DRIVE(lifetimes -> lifetimes.with("drive"::equals, value -> Math.copySign(1e30, value))),
        HUGE_WEIGHTS(lifetimes -> lifetimes.with("w"::equals, value -> 1e30 * value)),
        HUGE_TRACES(lifetimes -> lifetimes
                .with(ExtremeValuesTest::isTrace, value -> 1e15 * value)
                .with("alpha"::equals, value -> 1e-15 * value));

        private final UnaryOperator<KernelCase> change;

        Extreme(UnaryOperator<KernelCase> change) {
            this.change = change;
        }
    }

    private static boolean isTrace(String label) {
        return Set.of("hebb0", "eligibility0").contains(label);
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (Extreme extreme : Extreme.values()) {
            for (int n : new int[] {1, 7, 17, 67}) {
                for (String rule : VectorLanes.SPECIES == null ? List.<String>of() : DECAYING) {
                    cases.add(Arguments.of(extreme, n, rule, new DeferredKernel()));
                }
                for (List<String> rules : List.of(DECAYING, BOUNDED, OTHERS)) {
                    rules.forEach(rule -> cases.add(Arguments.of(extreme, n, rule, new CompiledKernel())));
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void kernelsAgreeWithTheReferenceWhereFloatsEnd(Extreme extreme, int n, String rule, LifetimeKernel kernel) {
        long seed = 29L * n + extreme.ordinal();
        PlasticCell cell = new PlasticCell(n, Alpha.PER_CONNECTION, PlasticityRule.of(rule, BOUND));
        int steps = BOUNDED.contains(rule) ? BOUNDED_STEPS : STEPS;
        KernelCase lifetimes = extreme.change.apply(KernelCase.random(cell, steps, BATCH, seed));
        Map<String, INDArray> expected = lifetimes.run(new ReferenceKernel(), DataType.DOUBLE);
        Map<String, INDArray> found = lifetimes.run(kernel, DataType.FLOAT);
        double largest = expected.values().stream()
                .mapToDouble(array -> array.amaxNumber().doubleValue())
                .max()
                .orElseThrow();
        expected.forEach((name, array) -> {
            INDArray e = array.castTo(DataType.DOUBLE);
            double size = e.amaxNumber().doubleValue();
            double apart =
                    e.sub(found.get(name).castTo(DataType.DOUBLE)).amaxNumber().doubleValue();
            assertThat(apart)
                    .as("difference in %s, of size %s, seed %d", name, size, seed)
                    .isLessThanOrEqualTo(TOLERANCE * size + ROUNDING * largest);
        });
    }
}
