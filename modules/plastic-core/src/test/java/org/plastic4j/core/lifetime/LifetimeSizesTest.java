package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.rule.DecayingHebb;

/** Sizes are those of the cell: what has another one is rejected by its name, with the graph or when it runs. */
class LifetimeSizesTest {
    private static final int STEPS = 5;
    private static final int BATCH = 2;
    private static final PlasticCell SEVEN = cell(7);
    private static final List<Lifetime> EXECUTIONS = List.of(new FusedLifetime(), new UnrolledLifetime(STEPS));

    private final SameDiff graph = SameDiff.create();

    private static PlasticCell cell(int neurons) {
        return new PlasticCell(neurons, Alpha.PER_CONNECTION, new DecayingHebb());
    }

    private static Map<String, INDArray> drawn(PlasticCell cell) {
        return new Initialisation(0.1, 0.1, 0.1).draw(cell, DataType.FLOAT, 1);
    }

    /** A variable of which nothing is known before the graph runs. */
    private SDVariable unknown(INDArray array) {
        return graph.identity(graph.constant(array));
    }

    private PlasticParameters unknownParameters(PlasticCell cell) {
        Map<String, INDArray> values = drawn(cell);
        return PlasticParameters.plastic(
                unknown(values.get("w")), unknown(values.get("alpha")), unknown(values.get("eta")));
    }

    @Test
    void aCellOfAnotherSizeThanEverythingElseIsRejectedWithTheGraph() {
        SDVariable drive = graph.placeHolder("drive", DataType.FLOAT, STEPS, BATCH, 7);
        PlasticParameters parameters = PlasticParameters.create(graph, SEVEN, drawn(SEVEN));
        for (Lifetime lifetime : EXECUTIONS) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> lifetime.build(graph, "life", cell(8), parameters, LifetimeInputs.driven(drive)))
                    .withMessage(lifetime.getClass().getSimpleName() + " \"life\": drive: expected shape ["
                            + (lifetime instanceof FusedLifetime ? "any" : STEPS)
                            + ", any, 8], found FLOAT [5, 2, 7].");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordedLifetime().build(graph, "life", cell(8), parameters, drive, drive))
                .withMessage("RecordedLifetime \"life\": drive: expected shape [any, any, 8], found FLOAT [5, 2, 7].");
    }

    @Test
    void aCellOfAnotherSizeThanEverythingElseIsRejectedByTheOps() {
        INDArray u = Nd4j.rand(DataType.FLOAT, STEPS, BATCH, 7);
        new FusedLifetime().build(graph, "life", cell(8), unknownParameters(SEVEN), LifetimeInputs.driven(unknown(u)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.outputSingle(Map.of(), "life_y"))
                .withMessage(
                        "plastic_lifetime: drive: expected shape [T, B, 8], none of them 0, found FLOAT [5, 2, 7].");
        new RecordedLifetime().build(graph, "lived", cell(8), unknownParameters(SEVEN), unknown(u), unknown(u));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.outputSingle(Map.of(), "lived"))
                .withMessage(
                        "plastic_recorded_lifetime: drive: expected shape [T, B, 8], none of them 0, found FLOAT [5, 2,"
                                + " 7].");
    }

    @Test
    void anExternalInputOfAnotherSizeIsBlamedItself() {
        PlasticParameters parameters = PlasticParameters.create(graph, SEVEN, drawn(SEVEN));
        SDVariable known = graph.placeHolder("known", DataType.FLOAT, STEPS, BATCH, 6);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new FusedLifetime().build(graph, "life", SEVEN, parameters, LifetimeInputs.driven(known)))
                .withMessage("FusedLifetime \"life\": drive: expected shape [any, any, 7], found FLOAT [5, 2, 6].");

        SDVariable open = graph.placeHolder("open", DataType.FLOAT, -1, -1, -1);
        new FusedLifetime().build(graph, "life", SEVEN, parameters, LifetimeInputs.driven(open));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        graph.outputSingle(Map.of("open", Nd4j.zeros(DataType.FLOAT, STEPS, BATCH, 6)), "life_y"))
                .withMessage(
                        "plastic_lifetime: drive: expected shape [T, B, 7], none of them 0, found FLOAT [5, 2, 6].");
    }

    @Test
    void theSecondOpOfAGraphIsNamedAsTheGraphNamesIt() {
        PlasticParameters parameters = PlasticParameters.create(graph, SEVEN, drawn(SEVEN));
        SDVariable open = graph.placeHolder("open", DataType.FLOAT, -1, -1, -1);
        new FusedLifetime().build(graph, "first", SEVEN, parameters, LifetimeInputs.driven(open));
        new FusedLifetime().build(graph, "second", SEVEN, parameters, LifetimeInputs.driven(open));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        graph.outputSingle(Map.of("open", Nd4j.zeros(DataType.FLOAT, STEPS, BATCH, 6)), "second_y"))
                .withMessage(
                        "plastic_lifetime_1: drive: expected shape [T, B, 7], none of them 0, found FLOAT [5, 2, 6].");
    }

    /** Plain ops would broadcast most of these, and the fused op would not say a word before it runs. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "u      | 5 2 1   | any, any, 7 | 5, any, 7",
                "u      | 2 7     | any, any, 7 | 5, any, 7",
                "clamp  | 5 2 1   | 5, 2, 7     | 5, 2, 7",
                "clamp  | 4 2 7   | 5, 2, 7     | 5, 2, 7",
                "value  | 5 1 7   | 5, 2, 7     | 5, 2, 7",
                "w      | 7 1     | 7, 7        | 7, 7",
                "alpha  | 1       | 7, 7        | 7, 7",
                "y0     | 1 7     | 2, 7        | 2, 7",
                "hebb0  | 1 7 7   | 2, 7, 7     | 2, 7, 7",
            })
    void bothExecutionsRejectVariablesOfAnotherShape(String tensor, String sizes, String fused, String unrolled) {
        long[] shape =
                Arrays.stream(sizes.split(" ")).mapToLong(Long::parseLong).toArray();
        LifetimeCase wrong = LifetimeCase.random(SEVEN, true, true, STEPS, BATCH, 0.1, 1)
                .with(tensor, Nd4j.create(DataType.DOUBLE, shape));
        String label = Map.of("u", "drive", "clamp", "clamp mask", "value", "clamped value")
                .getOrDefault(tensor, tensor);
        Map<Lifetime, String> expected = new LinkedHashMap<>();
        expected.put(EXECUTIONS.get(0), fused);
        expected.put(EXECUTIONS.get(1), unrolled);
        expected.forEach((lifetime, sizesExpected) -> assertThatIllegalArgumentException()
                .isThrownBy(() -> wrong.graph(lifetime, DataType.DOUBLE))
                .withMessage(lifetime.getClass().getSimpleName() + " \"life\": " + label + ": expected shape ["
                        + sizesExpected + "], found DOUBLE " + Arrays.toString(shape) + "."));
    }

    @Test
    void aSharedAlphaAndEtaAreOneNumberEach() {
        PlasticCell shared = new PlasticCell(7, Alpha.SHARED, new DecayingHebb());
        for (String tensor : List.of("alpha", "eta")) {
            LifetimeCase wrong = LifetimeCase.random(shared, false, false, STEPS, BATCH, 0.1, 1)
                    .with(tensor, Nd4j.zeros(DataType.DOUBLE, 7));
            for (Lifetime lifetime : EXECUTIONS) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> wrong.graph(lifetime, DataType.DOUBLE))
                        .withMessage(lifetime.getClass().getSimpleName() + " \"life\": " + tensor
                                + ": expected one number, found DOUBLE [7].");
            }
        }
    }
}
