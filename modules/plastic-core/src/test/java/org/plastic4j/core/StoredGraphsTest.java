package org.plastic4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.rule.PlasticityRule;

/**
 * Graphs that a version saved: src/test/resources/saved has a folder for each release, whose files never change after it.
 * Each holds its input, loss and gradients as constants.
 */
class StoredGraphsTest {
    private static final Path SAVED = Path.of("src/test/resources/saved");
    private static final String STORED = "stored_";
    private static final List<String> RULES = List.of(
            "decaying_hebb",
            "oja",
            "hard_bound",
            "soft_bound",
            "neuromodulated",
            "neuromodulated_fan_out",
            "retroactive");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(SAVED)) {
            return files.filter(file -> file.toString().endsWith(".fb"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatAVersionSavedHasTheSameLossAndGradientsInThisOne(Path file) {
        SameDiff graph = SameDiff.load(file.toFile(), true);

        Map<String, INDArray> found = results(graph, stored(graph, "x"));

        assertThat(found).hasSizeGreaterThan(1);
        found.forEach((name, array) -> assertThat(array.equalsWithEps(stored(graph, name), 1e-10))
                .as("%s: expected %s, found %s", name, stored(graph, name), array)
                .isTrue());
    }

    @Test
    void everyShippedRuleAndEveryOpIsStored() throws IOException {
        assertThat(files())
                .extracting(file -> file.getFileName().toString())
                .containsAll(
                        graphs().keySet().stream().map(name -> name + ".fb").toList());
    }

    /** Where a release is named, as in -Dsaved.version=0.1.0, its folder is written first. */
    @BeforeAll
    static void writeWhatThisVersionSaves() throws IOException {
        String version = System.getProperty("saved.version");
        if (version == null) {
            return;
        }
        Path folder = Files.createDirectories(SAVED.resolve(version));
        for (Map.Entry<String, SmallGraph> entry : graphs().entrySet()) {
            SameDiff graph = entry.getValue().graph();
            INDArray x = entry.getValue().x();
            Map<String, INDArray> results = results(graph, x);
            graph.constant(STORED + "x", x);
            results.forEach((name, array) -> graph.constant(STORED + name, array));
            graph.save(folder.resolve(entry.getKey() + ".fb").toFile(), true);
        }
    }

    private record SmallGraph(SameDiff graph, INDArray x) {}

    private static Map<String, SmallGraph> graphs() {
        Map<String, SmallGraph> graphs = new LinkedHashMap<>();
        for (SmallGraphs small : SmallGraphs.values()) {
            graphs.put(small.name().toLowerCase(Locale.ROOT), new SmallGraph(small.graph(), small.x()));
        }
        for (String key : RULES) {
            graphs.put(key, new SmallGraph(graph(PlasticityRule.of(key, 0.5)), SmallGraphs.random(3, 5, 2, 4)));
        }
        return graphs;
    }

    private static SameDiff graph(PlasticityRule rule) {
        PlasticCell cell = new PlasticCell(4, Alpha.SHARED, rule);
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.placeHolder("x", DataType.DOUBLE, 5, 2, 4);
        PlasticParameters parameters =
                PlasticParameters.create(graph, cell, new Initialisation(0.3, 0.3, 0.1).draw(cell, DataType.DOUBLE, 1));
        SDVariable y = new FusedLifetime()
                .build(graph, "op", cell, parameters, LifetimeInputs.driven(x))
                .y();
        y.mul(y).sum().rename("loss").markAsLoss();
        return graph;
    }

    private static INDArray stored(SameDiff graph, String name) {
        return graph.getVariable(STORED + name).getArr();
    }

    private static Map<String, INDArray> results(SameDiff graph, INDArray x) {
        List<String> trained = graph.variables().stream()
                .filter(variable -> variable.getVariableType() == VariableType.VARIABLE)
                .map(SDVariable::name)
                .toList();
        Map<String, INDArray> results = new LinkedHashMap<>();
        results.put("loss", graph.outputSingle(Map.of("x", x), "loss"));
        results.putAll(graph.calculateGradients(Map.of("x", x), trained));
        return results;
    }
}
