package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.rule.CustomRules;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RandomRule;
import org.plastic4j.core.rule.Stpn;
import org.plastic4j.testsupport.GoldenFile;

/**
 * Rules of a user's own, compiled from their definition, and those of the library that have no other kernel. {@code
 * -Dgolden.rules.dir=DIR} runs the golden cases of another folder.
 */
@Tag("kernel")
@Tag("slow")
class CompiledRulesTest {
    private static final List<String> OUTPUTS =
            List.of("y", "hebb", "grad_u", "grad_w", "grad_alpha", "grad_y0", "grad_hebb0");
    /** Our names of parameters, and the generator's where it has others. */
    private static final Map<String, String> GENERATORS_NAMES = Map.of(
            "term_a", "A", "term_b", "B", "term_c", "C", "term_d", "D", "lambda", "lam", "gamma", "gam", "kappa",
            "kap");

    @TestFactory
    Stream<DynamicTest> goldenOutputsAndGradients() throws IOException, URISyntaxException {
        String named = System.getProperty("golden.rules.dir");
        Path folder = named != null
                ? Path.of(named)
                : Path.of(getClass()
                                .getResource("/golden-rules/generate_rules.py")
                                .toURI())
                        .getParent();
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> file.toString().endsWith(".npz"))
                    .sorted()
                    .toList();
        }
        assertThat(files).as("golden cases in %s", folder).isNotEmpty();
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> checkGolden(file)));
    }

    private static void checkGolden(Path file) throws IOException {
        String[] parts = file.getFileName().toString().replace(".npz", "").split("-");
        Map<String, INDArray> golden = new LinkedHashMap<>(GoldenFile.read(file));
        PlasticityRule rule = PlasticityRule.of(parts[1], golden.get("bound").getDouble(0));
        PlasticCell cell = new PlasticCell(
                (int) golden.get("w").size(0), parts[2].equals("shared") ? Alpha.SHARED : Alpha.PER_CONNECTION, rule);
        cell.ruleParameters().forEach(parameter -> {
            String name = GENERATORS_NAMES.getOrDefault(parameter.key(), parameter.key());
            golden.put(parameter.key(), golden.get(name));
            golden.put("grad_" + parameter.key(), golden.get("grad_" + name));
        });
        boolean clamped = parts[3].equals("clamped");
        LifetimeCase lifetimes = new LifetimeCase(cell, clamped, true, golden);
        Map<String, INDArray> expected = new LinkedHashMap<>();
        OUTPUTS.forEach(name -> expected.put(name, golden.get(name)));
        cell.ruleParameters()
                .forEach(parameter -> expected.put("grad_" + parameter.key(), golden.get("grad_" + parameter.key())));
        if (clamped) {
            expected.put("grad_value", golden.get("grad_value"));
        }
        assertThat(FusedLifetime.whyNot(rule)).isEmpty();
        Lifetime unrolled = new UnrolledLifetime(lifetimes.steps());
        Agreement.assertAgree(expected, lifetimes.run(unrolled, DataType.DOUBLE), 1e-9, file + ", unrolled");
        Agreement.assertAgree(expected, lifetimes.run(new FusedLifetime(), DataType.DOUBLE), 1e-9, file.toString());
        checkFloat(lifetimes, expected, file.toString());
    }

    /** As far as rounding the inputs lets results be asked for. */
    private static void checkFloat(LifetimeCase lifetimes, Map<String, INDArray> expected, String what) {
        Lifetime fused = new FusedLifetime();
        Map<String, INDArray> rounded = lifetimes.roundedToFloat().run(fused, DataType.DOUBLE);
        Map<String, INDArray> found = lifetimes.run(fused, DataType.FLOAT);
        expected.forEach((name, array) -> {
            if (array.norm2Number().doubleValue() < NOTHING) {
                assertThat(found.get(name).norm2Number().doubleValue())
                        .as("%s of %s in float", name, what)
                        .isLessThan(100 * NOTHING);
                return;
            }
            assertThat(Agreement.relativeError(array, found.get(name)))
                    .as("relative error of %s of %s in float", name, what)
                    .isLessThanOrEqualTo(Math.max(1e-4, 20 * Agreement.relativeError(array, rounded.get(name))));
        });
    }

    private static final double STEP = 1e-6;
    /** A gradient of less is what rounding leaves of none. */
    private static final double NOTHING = 1e-7;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("random.rules", 60));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRandomRuleGivesWhatItsDefinitionGives(long seed) {
        int n = 2 + (int) (seed * 7 % 19);
        PlasticCell cell =
                new PlasticCell(n, seed % 3 == 0 ? Alpha.SHARED : Alpha.PER_CONNECTION, new RandomRule(seed));
        assertThat(FusedLifetime.whyNot(cell.rule())).as("seed %d", seed).isEmpty();
        LifetimeCase lifetimes = LifetimeCase.random(cell, seed % 2 == 0, seed % 5 != 0, 4, 2, 0.2, seed)
                .with("p", Nd4j.linspace(DataType.DOUBLE, -0.9, 1.7 / n, n))
                .with(
                        "q",
                        Nd4j.linspace(DataType.DOUBLE, -0.7, 1.5 / (n * n), (long) n * n)
                                .reshape(n, n));
        String what = "random rule, seed " + seed;
        Map<String, INDArray> definition = lifetimes.run(new UnrolledLifetime(4), DataType.DOUBLE);
        Map<String, INDArray> expected = lifetimes.run(new FusedLifetime(), DataType.DOUBLE);
        definition.forEach((name, array) -> {
            double error = Agreement.relativeError(array, expected.get(name));
            if (!(error <= 1e-9)) {
                assertThat(name).as("%s of %s differs by %s", name, what, error).startsWith("grad_");
                checkByCentralDifferences(lifetimes, name.replace("grad_", ""), expected.get(name), what);
            }
        });
        checkFloat(lifetimes, expected, what);
    }

    /** Where an op broadcasts one number, SameDiff's own gradient is not always that of what it computes. */
    private static void checkByCentralDifferences(
            LifetimeCase lifetimes, String input, INDArray gradient, String what) {
        INDArray values = lifetimes.arrays().get(input);
        for (long at = 0; at < values.length(); at += Math.max(1, values.length() / 5)) {
            double found = gradient.getDouble(at);
            double difference = objective(lifetimes, input, at, STEP) - objective(lifetimes, input, at, -STEP);
            assertThat(found)
                    .as("gradient of %s[%d] of %s", input, at, what)
                    .isCloseTo(difference / (2 * STEP), within(1e-5 * Math.max(1, Math.abs(found))));
        }
    }

    private static double objective(LifetimeCase lifetimes, String input, long at, double step) {
        INDArray moved = lifetimes.arrays().get(input).dup();
        moved.putScalar(at, moved.getDouble(at) + step);
        return lifetimes
                .with(input, moved)
                .graph(new UnrolledLifetime(4), DataType.DOUBLE)
                .output(Map.of(), "objective")
                .get("objective")
                .getDouble(0);
    }

    @Test
    void twoTracesOfAnOwnRuleAgreeWithTheirDefinition() {
        PlasticCell cell = new PlasticCell(21, Alpha.PER_CONNECTION, new CustomRules.TwoTraces());
        LifetimeCase lifetimes = LifetimeCase.random(cell, true, true, 9, 3, 0.3, 4);
        Map<String, INDArray> expected = lifetimes.run(new UnrolledLifetime(9), DataType.DOUBLE);
        Agreement.assertAgree(expected, lifetimes.run(new FusedLifetime(), DataType.DOUBLE), 1e-9, "two traces");
        checkFloat(lifetimes, expected, "two traces");
    }

    @Test
    void anAntiHebbianTraceAgreesWithItsDefinition() {
        PlasticCell cell = new PlasticCell(21, Alpha.SHARED, new CustomRules.AntiHebb());
        LifetimeCase lifetimes = LifetimeCase.random(cell, true, true, 9, 3, 0.3, 4)
                .with("lambda", Nd4j.createFromArray(0.99))
                .with("rate", Nd4j.createFromArray(-0.05));
        Map<String, INDArray> expected = lifetimes.run(new UnrolledLifetime(9), DataType.DOUBLE);
        Agreement.assertAgree(expected, lifetimes.run(new FusedLifetime(), DataType.DOUBLE), 1e-9, "anti-Hebbian");
        checkFloat(lifetimes, expected, "anti-Hebbian");
    }

    @Test
    void gradientsOnAKinkAreThoseOfTheDefinition() {
        int n = 18;
        PlasticCell cell = new PlasticCell(n, Alpha.PER_CONNECTION, new CustomRules.Ties());
        LifetimeCase random = LifetimeCase.random(cell, false, true, 1, 2, 0.5, 8);
        // Nothing comes in, so that y = 0 and all products are; of the traces some are 0, and some end on the bound.
        LifetimeCase silent = random.with("u", Nd4j.zeros(DataType.DOUBLE, 1, 2, n))
                .with("w", Nd4j.zeros(DataType.DOUBLE, n, n))
                .with("alpha", Nd4j.zeros(DataType.DOUBLE, n, n));
        INDArray traces = Nd4j.zeros(DataType.DOUBLE, 2, n, n);
        for (int k = 0; k < traces.length(); k++) {
            traces.putScalar(k, new double[] {0, 0.5, -1, 0.2, -0.3}[k % 5]);
        }
        LifetimeCase onKinks = silent.with("hebb0", traces);
        Map<String, INDArray> expected = onKinks.run(new UnrolledLifetime(1), DataType.DOUBLE);
        Agreement.assertAgree(expected, onKinks.run(new FusedLifetime(), DataType.DOUBLE), 1e-9, "kinks");
        Agreement.assertAgree(expected, onKinks.run(new FusedLifetime(), DataType.FLOAT), 1e-6, "kinks in float");
    }

    @Test
    void aLargeLayerIsSharedOutByPanels() {
        PlasticCell cell = new PlasticCell(300, Alpha.PER_CONNECTION, new Stpn());
        LifetimeCase lifetimes = LifetimeCase.random(cell, false, true, 6, 2, 0.3, 4)
                .with(
                        "lambda",
                        Nd4j.linspace(DataType.DOUBLE, 0, 1.0 / 90_000, 90_000).reshape(300, 300))
                .with(
                        "gamma",
                        Nd4j.linspace(DataType.DOUBLE, -0.2, 0.4 / 90_000, 90_000)
                                .reshape(300, 300));
        Map<String, INDArray> expected = lifetimes.run(new FusedLifetime(), DataType.DOUBLE);
        checkFloat(lifetimes, expected, "stpn, n = 300");
    }
}
