package org.plastic4j.core.readout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.lifetime.Agreement;
import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.core.rule.Oja;
import org.plastic4j.core.rule.PlasticityRule;

/** The fused readout against the definition: outputs, final traces and all gradients. */
class ReadoutsAgreeTest {
    private static final double[] ETAS = {0.01, 0.3, 1.7};

    /** A case that prints as what it is. */
    record Named(ReadoutCase lifetimes, String name) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Named named(
            int m, int n, int steps, int batch, PlasticityRule rule, Alpha alpha, boolean fromHebb0, long seed) {
        double eta = ETAS[(int) (seed % ETAS.length)];
        return new Named(
                ReadoutCase.random(new PlasticReadout(m, n, alpha, rule), fromHebb0, steps, batch, eta, seed),
                "m=%d n=%d T=%d B=%d %s %s%s eta=%s seed=%d"
                        .formatted(
                                m,
                                n,
                                steps,
                                batch,
                                rule.key(),
                                alpha.key(),
                                fromHebb0 ? " from hebb0" : "",
                                eta,
                                seed));
    }

    static Stream<Named> oddSizes() {
        List<Named> cases = new ArrayList<>();
        for (int[] size : new int[][] {{1, 1}, {1, 4}, {5, 1}, {2, 3}, {17, 5}, {64, 5}, {33, 20}}) {
            for (int steps : new int[] {1, 4}) {
                for (int batch : new int[] {1, 3}) {
                    long seed = 1000L * size[0] + 100L * size[1] + 10L * steps + batch;
                    Random random = new Random(seed);
                    cases.add(named(
                            size[0],
                            size[1],
                            steps,
                            batch,
                            random.nextBoolean() ? new DecayingHebb() : new Oja(),
                            Alpha.values()[random.nextInt(3)],
                            random.nextBoolean(),
                            seed));
                }
            }
        }
        // One input, one lifetime, no trace: x is a single number.
        cases.add(named(1, 4, 3, 1, new Oja(), Alpha.ABSENT, false, 52));
        return cases.stream();
    }

    static Stream<Named> allVariants() {
        List<Named> cases = new ArrayList<>();
        for (PlasticityRule rule : List.of(new DecayingHebb(), new Oja())) {
            for (Alpha alpha : Alpha.values()) {
                for (boolean fromHebb0 : new boolean[] {false, true}) {
                    cases.add(named(13, 6, 4, 2, rule, alpha, fromHebb0, 100 + cases.size()));
                }
            }
        }
        return cases.stream();
    }

    /** The definition is lived in double alone: unrolled graphs are slow, and it is the reference for floats too. */
    @ParameterizedTest
    @MethodSource({"allVariants", "oddSizes"})
    void theyAgreeInDoubleAndFloat(Named named) {
        ReadoutCase lifetimes = named.lifetimes();
        Map<String, INDArray> expected = lifetimes.run(new UnrolledReadout(lifetimes.steps()), DataType.DOUBLE);
        Agreement.assertAgree(
                expected, lifetimes.run(new FusedReadout(), DataType.DOUBLE), 1e-11, named + " in double");
        Agreement.assertAgree(expected, lifetimes.run(new FusedReadout(), DataType.FLOAT), 1e-4, named + " in float");
    }

    @ParameterizedTest
    @EnumSource
    void theDefinitionInFloatStaysNearTheDouble(Alpha alpha) {
        Named named = named(7, 5, 4, 2, new Oja(), alpha, true, 51);
        ReadoutLifetime definition = new UnrolledReadout(4);
        Agreement.assertAgree(
                named.lifetimes().run(definition, DataType.DOUBLE),
                named.lifetimes().run(definition, DataType.FLOAT),
                1e-4,
                named + " unrolled in float");
    }
}
