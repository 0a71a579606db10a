package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.rule.PlasticityRule;

/**
 * Both executions against outputs and gradients from an independent implementation, the generator beside the files.
 * {@code -Dgolden.dir=DIR} runs the cases of another folder.
 */
class GoldenVectorsTest {
    private static final Set<String> RULES = Set.of("decaying_hebb", "oja");
    private static final List<String> OUTPUTS =
            List.of("y", "hebb", "grad_u", "grad_w", "grad_alpha", "grad_eta", "grad_y0", "grad_hebb0");

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
        assumeTrue(parts[0].equals("recurrent") && RULES.contains(parts[1]), "no such rule yet");
        Map<String, INDArray> golden = GoldenFile.read(file);
        int n = (int) golden.get("w").size(0);
        PlasticCell cell = new PlasticCell(
                n, parts[2].equals("shared") ? Alpha.SHARED : Alpha.PER_CONNECTION, PlasticityRule.of(parts[1]));
        boolean clamped = parts[3].equals("clamped");
        LifetimeCase lifetimes = new LifetimeCase(cell, clamped, true, golden);
        Lifetime lifetime = fused ? new FusedLifetime() : new UnrolledLifetime(lifetimes.steps());

        Map<String, INDArray> expected = new LinkedHashMap<>();
        OUTPUTS.forEach(name -> expected.put(name, golden.get(name)));
        if (clamped) {
            expected.put("grad_value", golden.get("grad_value"));
        }
        Agreement.assertAgree(expected, lifetimes.run(lifetime, DataType.DOUBLE), 1e-9, file.toString());
        if (fused) {
            Agreement.assertAgree(expected, lifetimes.run(lifetime, DataType.FLOAT), 1e-4, file + " in float");
        }
    }
}
