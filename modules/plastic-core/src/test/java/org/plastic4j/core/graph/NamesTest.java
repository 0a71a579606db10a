package org.plastic4j.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.NameScope;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.convolution.ConvolutionLayer;
import org.plastic4j.core.convolution.ConvolutionParameters;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.encoder.FusedEncoder;
import org.plastic4j.core.encoder.UnrolledEncoder;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.lifetime.RecordedLifetime;
import org.plastic4j.core.lifetime.UnrolledLifetime;
import org.plastic4j.core.readout.FusedReadout;
import org.plastic4j.core.readout.ReadoutInputs;
import org.plastic4j.core.readout.UnrolledReadout;
import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.core.rule.Retroactive;

/** Several layers in one graph: what their variables are called, and which names are rejected. */
class NamesTest {
    private static final int STEPS = 3;
    private static final PlasticCell CELL = new PlasticCell(4, Alpha.PER_CONNECTION, new Retroactive(1));
    private static final PlasticReadout READOUT = new PlasticReadout(4, 2, Alpha.SHARED, new DecayingHebb());
    private static final ConvolutionStack STACK = new ConvolutionStack(4, 4, 1, List.of(new ConvolutionLayer(2, 1, 3)));
    private static final Initialisation INITIALISATION = new Initialisation(0.5, 0.5, 0.1);

    private final SameDiff graph = SameDiff.create();

    /** A part that is put into a graph under a name. */
    private record Part(String execution, List<String> outputs, Builder builder) {
        interface Builder {
            SDVariable build(SameDiff graph, String name, PlasticParameters parameters, SDVariable input);
        }

        SDVariable build(SameDiff graph, String name) {
            boolean readout = execution.endsWith("Readout");
            PlasticParameters parameters = PlasticParameters.create(
                    graph,
                    "of_" + graph.variables().size(),
                    readout ? READOUT : CELL,
                    INITIALISATION.draw(readout ? READOUT : CELL, DataType.FLOAT, 1));
            return builder.build(
                    graph,
                    name,
                    parameters,
                    graph.constant("in_" + graph.variables().size(), Nd4j.rand(DataType.FLOAT, STEPS, 2, 4)));
        }

        @Override
        public String toString() {
            return execution;
        }
    }

    private static Part lifetime(Lifetime lifetime) {
        return new Part(
                lifetime.getClass().getSimpleName(),
                List.of("part_y", "part_hebb", "part_eligibility"),
                (graph, name, parameters, u) -> lifetime.build(graph, name, CELL, parameters, LifetimeInputs.driven(u))
                        .y());
    }

    static List<Part> parts() {
        List<Part> parts =
                new ArrayList<>(List.of(lifetime(new FusedLifetime()), lifetime(new UnrolledLifetime(STEPS))));
        parts.add(new Part(
                "RecordedLifetime",
                List.of("part"),
                (graph, name, parameters, u) -> new RecordedLifetime().build(graph, name, CELL, parameters, u, u)));
        for (var readout : List.of(new FusedReadout(), new UnrolledReadout(STEPS))) {
            parts.add(new Part(
                    readout.getClass().getSimpleName(),
                    List.of("part_y", "part_hebb"),
                    (graph, name, parameters, x) -> readout.build(
                                    graph,
                                    name,
                                    READOUT,
                                    parameters,
                                    ReadoutInputs.of(x, graph.slice(x, new int[] {0, 0, 0}, STEPS, 2, 2)))
                            .y()));
        }
        for (var encoder : List.of(new FusedEncoder(), new UnrolledEncoder())) {
            parts.add(new Part(encoder.getClass().getSimpleName(), List.of("part"), (graph, name, parameters, x) -> {
                ConvolutionParameters convolutions = ConvolutionParameters.create(
                        graph,
                        "of_" + graph.variables().size(),
                        STACK,
                        ConvolutionParameters.draw(STACK, DataType.FLOAT, 1));
                return encoder.encode(
                        graph, name, STACK, convolutions, graph.constant(Nd4j.rand(DataType.FLOAT, 2, 4, 4, 1)));
            }));
        }
        return parts;
    }

    private static List<String> names(SameDiff graph) {
        return graph.variables().stream().map(SDVariable::name).sorted().toList();
    }

    @Test
    void layersOfOneGraphHaveParametersByTheirOwnNames() {
        Map<String, INDArray> drawn = INITIALISATION.draw(READOUT, DataType.FLOAT, 1);
        PlasticParameters.create(graph, "memory", READOUT, drawn);
        PlasticParameters.create(graph, "answer", READOUT, drawn);
        PlasticParameters.create(graph, READOUT, drawn);
        ConvolutionParameters.create(graph, "eye", STACK, ConvolutionParameters.draw(STACK, DataType.FLOAT, 1));
        ConvolutionParameters.create(graph, STACK, ConvolutionParameters.draw(STACK, DataType.FLOAT, 1));
        assertThat(names(graph))
                .containsExactlyInAnyOrder(
                        "memory_w",
                        "memory_alpha",
                        "memory_eta",
                        "answer_w",
                        "answer_alpha",
                        "answer_eta",
                        "w",
                        "alpha",
                        "eta",
                        "eye_conv1_w",
                        "eye_conv1_b",
                        "conv1_w",
                        "conv1_b");
    }

    @Test
    void parametersAreFoundByTheirKeysWhateverTheirNames() {
        Map<String, INDArray> drawn = INITIALISATION.draw(CELL, DataType.FLOAT, 1);
        PlasticParameters parameters = PlasticParameters.create(graph, "memory", CELL, drawn);
        assertThat(parameters.variables().keySet()).containsExactlyElementsOf(drawn.keySet());
        parameters.variables().forEach((key, variable) -> {
            assertThat(variable.name()).isEqualTo("memory_" + key);
            assertThat(variable.getArr()).isEqualTo(drawn.get(key));
        });
    }

    @Test
    void twoLayersInOneGraphAreTrainedApart() {
        Map<String, INDArray> drawn = INITIALISATION.draw(CELL, DataType.FLOAT, 1);
        SDVariable input = graph.placeHolder("input", DataType.FLOAT, STEPS, 2, 4);
        SDVariable first = new FusedLifetime()
                .build(
                        graph,
                        "first",
                        CELL,
                        PlasticParameters.create(graph, "first", CELL, drawn),
                        LifetimeInputs.driven(input))
                .y();
        new FusedLifetime()
                .build(
                        graph,
                        "second",
                        CELL,
                        PlasticParameters.create(graph, "second", CELL, drawn),
                        LifetimeInputs.driven(first))
                .y()
                .sum()
                .rename("loss")
                .markAsLoss();
        Map<String, INDArray> gradients = graph.calculateGradients(
                Map.of("input", Nd4j.rand(DataType.FLOAT, STEPS, 2, 4)), "first_w", "second_w");
        assertThat(gradients.get("first_w")).isNotEqualTo(gradients.get("second_w"));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void nameScopesTakeParametersAndOutputs(Part part) {
        for (String scope : List.of("left", "right")) {
            try (NameScope open = graph.withNameScope(scope)) {
                PlasticParameters.create(graph, CELL, INITIALISATION.draw(CELL, DataType.FLOAT, 1));
                ConvolutionParameters.create(graph, STACK, ConvolutionParameters.draw(STACK, DataType.FLOAT, 1));
                assertThat(part.build(graph, "part").name())
                        .isEqualTo(open.getName() + "/" + part.outputs().get(0));
            }
        }
        for (String scope : List.of("left", "right")) {
            assertThat(names(graph)).contains(scope + "/w", scope + "/alpha", scope + "/conv1_w", scope + "/conv1_b");
            for (String output : part.outputs()) {
                assertThat(graph.outputSingle(Map.of(), scope + "/" + output)).isNotNull();
            }
        }
        assertThat(names(graph)).noneMatch(name -> name.startsWith("part"));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void twoPartsOfOneNameAreRejectedInOneSentence(Part part) {
        part.build(graph, "part");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> part.build(graph, "part"))
                .withMessage(part.execution() + ": expected a name of its own in the graph, found \"part\", by which"
                        + " there is a variable \"" + part.outputs().get(0) + "\".");
    }

    @ParameterizedTest
    @MethodSource("parts")
    void aNameOfAnyOtherVariableIsRejectedBeforeTheGraphChanges(Part part) {
        part.build(graph, "other");
        for (String output : part.outputs()) {
            SameDiff other = SameDiff.create();
            other.placeHolder(output, DataType.FLOAT, 1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> part.build(other, "part"))
                    .withMessageEndingWith("there is a variable \"" + output + "\".");
            assertThat(other.ops())
                    .filteredOn(op -> op.opName().startsWith("plastic_"))
                    .isEmpty();
            assertThat(names(other)).doesNotContain("part_session");
        }
    }

    @Test
    void parametersWhoseNamesAreTakenAreRejectedInOneSentenceAndNoneIsMade() {
        Map<String, INDArray> drawn = INITIALISATION.draw(READOUT, DataType.FLOAT, 1);
        graph.placeHolder("alpha", DataType.FLOAT, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlasticParameters.create(graph, READOUT, drawn))
                .withMessage("PlasticParameters: expected no variable \"alpha\" in the graph, found one; create(graph,"
                        + " name, ...) gives each layer names of its own.");
        assertThat(names(graph)).containsExactly("alpha");

        graph.constant("eye_conv1_b", Nd4j.scalar(1f));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConvolutionParameters.create(
                        graph, "eye", STACK, ConvolutionParameters.draw(STACK, DataType.FLOAT, 1)))
                .withMessage("ConvolutionParameters: expected no variable \"eye_conv1_b\" in the graph, found one;"
                        + " create(graph, name, ...) gives each layer names of its own.");
        assertThat(names(graph)).containsExactly("alpha", "eye_conv1_b");
    }

    @Test
    void parametersWithoutAValueAreRejectedInOneSentence() {
        Map<String, INDArray> drawn = INITIALISATION.draw(READOUT, DataType.FLOAT, 1);
        drawn.remove("eta");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlasticParameters.create(graph, READOUT, drawn))
                .withMessage("PlasticParameters: values: expected w, alpha, eta, found alpha, w.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConvolutionParameters.create(graph, STACK, drawn))
                .withMessage("ConvolutionParameters: values: expected conv1_w, conv1_b, found alpha, w.");
        assertThat(names(graph)).isEmpty();
    }
}
