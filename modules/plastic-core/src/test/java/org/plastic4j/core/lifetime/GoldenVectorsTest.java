package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.readout.GoldenReadout;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RuleParameter;
import org.plastic4j.testsupport.GoldenFile;

/**
 * Both executions against outputs and gradients from an independent implementation, the generator beside the files.
 * {@code -Dgolden.dir=DIR} runs the cases of another folder.
 */
@Tag("kernel")
class GoldenVectorsTest {
    /** The generator's names of rules and parameters, where ours differ. */
    private static final Map<String, String> RULES =
            Map.of("modulated", "neuromodulated", "fanout", "neuromodulated_fan_out");

    private static final Map<String, RuleParameter> PARAMETERS = Map.of(
            "eta", RuleParameter.ETA,
            "m", RuleParameter.MODULATOR_WEIGHTS,
            "c", RuleParameter.MODULATOR_BIAS,
            "f", RuleParameter.FAN_OUT_WEIGHTS,
            "g", RuleParameter.FAN_OUT_BIAS);
    private static final List<String> OUTPUTS =
            List.of("y", "hebb", "grad_u", "grad_w", "grad_alpha", "grad_y0", "grad_hebb0");

    @TestFactory
    Stream<DynamicTest> bothExecutionsGiveTheGoldenOutputsAndGradients() throws IOException, URISyntaxException {
        String named = System.getProperty("golden.dir");
        Path folder = named != null
                ? Path.of(named)
                : Path.of(getClass().getResource("/golden/generate.py").toURI()).getParent();
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> file.toString().endsWith(".npz"))
                    .sorted()
                    .toList();
        }
        assertThat(files).as("golden cases in %s", folder).isNotEmpty();
        return files.stream()
                .flatMap(file -> Stream.of(false, true)
                        .map(fused -> DynamicTest.dynamicTest(
                                file.getFileName() + (fused ? " fused" : " unrolled"), () -> check(file, fused))));
    }

    private static void check(Path file, boolean fused) throws IOException {
        String[] parts = file.getFileName().toString().replace(".npz", "").split("-");
        if (parts[0].equals("readout")) {
            GoldenReadout.check(file, fused);
            return;
        }
        Map<String, INDArray> golden = GoldenFile.read(file);
        int n = (int) golden.get("w").size(0);
        PlasticCell cell = new PlasticCell(
                n,
                parts[2].equals("shared") ? Alpha.SHARED : Alpha.PER_CONNECTION,
                PlasticityRule.of(
                        RULES.getOrDefault(parts[1], parts[1]),
                        golden.get("bound").getDouble(0)));
        boolean clamped = parts[3].equals("clamped");
        Map<String, INDArray> arrays = new LinkedHashMap<>(golden);
        PARAMETERS.forEach((name, parameter) -> {
            if (golden.containsKey(name)) {
                arrays.put(parameter.key(), golden.get(name));
            }
        });
        LifetimeCase lifetimes = new LifetimeCase(cell, clamped, true, arrays);
        Lifetime lifetime = fused ? new FusedLifetime() : new UnrolledLifetime(lifetimes.steps());

        Map<String, INDArray> expected = new LinkedHashMap<>();
        OUTPUTS.forEach(name -> expected.put(name, golden.get(name)));
        PARAMETERS.forEach((name, parameter) -> {
            if (cell.ruleParameters().contains(parameter)) {
                expected.put("grad_" + parameter.key(), golden.get("grad_" + name));
            }
        });
        if (clamped) {
            expected.put("grad_value", golden.get("grad_value"));
        }
        Agreement.assertAgree(expected, run(lifetimes, lifetime, DataType.DOUBLE), 1e-9, file.toString());
        if (fused) {
            checkInFloat(file, lifetimes, expected);
        }
    }

    /**
     * Some of the cases amplify any error as time goes by. What rounding the inputs to float alone does to a result,
     * all else in double, says how much may be asked of one in float.
     */
    private static void checkInFloat(Path file, LifetimeCase lifetimes, Map<String, INDArray> expected) {
        Lifetime fused = new FusedLifetime();
        Map<String, INDArray> rounded = run(lifetimes.roundedToFloat(), fused, DataType.DOUBLE);
        Map<String, INDArray> found = run(lifetimes, fused, DataType.FLOAT);
        expected.forEach((name, array) -> assertThat(Agreement.relativeError(array, found.get(name)))
                .as("relative error of %s of %s in float", name, file)
                .isLessThanOrEqualTo(Math.max(1e-4, 20 * Agreement.relativeError(array, rounded.get(name)))));
    }

    private static Map<String, INDArray> run(LifetimeCase lifetimes, Lifetime lifetime, DataType type) {
        Map<String, INDArray> found = lifetimes.run(lifetime, type);
        found.remove("eligibility");
        return found;
    }
}
