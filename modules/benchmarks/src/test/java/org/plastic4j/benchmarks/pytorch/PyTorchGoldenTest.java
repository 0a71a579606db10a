package org.plastic4j.benchmarks.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.plastic4j.benchmarks.cases.BenchmarkRule;
import org.plastic4j.testsupport.GoldenFile;

/** What PyTorch is asked to compute, against an independent implementation: plastic-core's golden files. */
class PyTorchGoldenTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("golden.dir", "../plastic-core/src/test/resources/golden"));

    private static final Path RULES_FOLDER =
            Path.of(System.getProperty("golden.rules.dir", "../plastic-core/src/test/resources/golden-rules"));

    @BeforeAll
    static void start() {
        assumeTrue(PyTorch.missing().isEmpty(), () -> PyTorch.missing().orElse(""));
        PyTorch.start(1);
    }

    @TestFactory
    Stream<DynamicTest> givesTheGoldenOutputsAndGradients() throws IOException {
        List<Path> files = new ArrayList<>(files(FOLDER, "recurrent-.*\\.npz"));
        files.addAll(files(RULES_FOLDER, "rule-(abcd|stpn)-.*\\.npz"));
        assertThat(files.stream().map(PyTorchGoldenTest::rule)).contains(BenchmarkRule.values());
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static List<Path> files(Path folder, String pattern) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> file.getFileName().toString().matches(pattern))
                    .sorted()
                    .toList();
        }
    }

    private static BenchmarkRule rule(Path file) {
        String key = file.getFileName().toString().split("-")[1];
        return Arrays.stream(BenchmarkRule.values())
                .filter(rule -> rule.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, NDArray> read(NDManager manager, Path file) throws IOException {
        Map<String, NDArray> arrays = new HashMap<>();
        GoldenFile.read(file)
                .forEach((name, array) ->
                        arrays.put(name, manager.create(array.data().asDouble(), new Shape(array.shape()))));
        return arrays;
    }

    private static void check(Path file) throws IOException {
        try (NDManager manager = PyTorch.manager()) {
            Map<String, NDArray> golden = read(manager, file);
            BenchmarkRule rule = rule(file);
            boolean clamped = file.toString().contains("-clamped");
            Map<String, NDArray> tensors = new HashMap<>();
            Set<String> leaves = new HashSet<>(rule.parameters());
            leaves.addAll(Set.of("u", "y0", "hebb0"));
            leaves.retainAll(golden.keySet());
            if (clamped) {
                leaves.add("value");
                tensors.put("clamp", golden.get("clamp"));
            }
            leaves.forEach(name -> tensors.put(name, golden.get(name)));
            tensors.put("y_cot", golden.get("y_cot"));
            tensors.put("hebb_cot", golden.get("hebb_cot"));
            double bound = golden.get("bound").getDouble();
            Set<String> seen = new HashSet<>();
            PyTorchGradient.compute(new PyTorchLifetime(rule, bound), tensors, leaves, (name, found) -> {
                seen.add(name);
                NDArray expected = golden.get(name);
                if (found == null) {
                    assertThat(expected.abs().max().getDouble())
                            .as("%s, for which PyTorch sees no way", name)
                            .isZero();
                } else {
                    assertThat(found.getShape()).as(name).isEqualTo(expected.getShape());
                    double scale = expected.abs().max().getDouble();
                    assertThat(found.sub(expected).abs().max().getDouble())
                            .as("difference of %s of %s", name, file)
                            .isLessThanOrEqualTo(1e-9 * scale);
                }
            });
            assertThat(seen).contains("y", "hebb", "grad_w", "grad_alpha", "grad_hebb0");
            rule.ownParameters().forEach(own -> assertThat(seen).contains("grad_" + own));
            assertThat(seen.contains("grad_eta")).isEqualTo(golden.containsKey("eta"));
        }
    }
}
