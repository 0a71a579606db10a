package org.plastic4j.core.readout;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.rule.DecayingHebb;

/** Tensors that do not fit are refused by name: with the graph where their shape is known, else when it runs. */
class ReadoutErrorsTest {
    private static final PlasticReadout READOUT = new PlasticReadout(6, 4, Alpha.PER_CONNECTION, new DecayingHebb());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x      | 5 2 7   | shape [T, B, 6], none of them 0",
                "x      | 5 6     | shape [T, B, 6], none of them 0",
                "x      | 0 2 6   | shape [T, B, 6], none of them 0",
                "drive  | 5 2 6   | shape [5, 2, 4]",
                "drive  | 5 1 4   | shape [5, 2, 4]",
                "drive  | 4 2 4   | shape [5, 2, 4]",
                "w      | 4 6     | shape [6, 4]",
                "w      | 1 4     | shape [6, 4]",
                "alpha  | 1       | shape [6, 4]",
                "eta    | 2       | one number",
                "hebb0  | 1 6 4   | shape [2, 6, 4]",
                "hebb0  | 2 4 6   | shape [2, 6, 4]",
            })
    void theOpNamesWhatDoesNotFit(String tensor, String sizes, String expected) {
        INDArray wrong = Nd4j.create(DataType.FLOAT, shape(sizes));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> runWith(tensor, wrong))
                .withMessage("plastic_readout: " + tensor + ": expected " + expected + ", found FLOAT ["
                        + sizes.replace(" ", ", ") + "].");
    }

    @ParameterizedTest
    @CsvSource({
        "x, HALF, FLOAT or DOUBLE",
        "drive, DOUBLE, FLOAT as x's",
        "w, DOUBLE, FLOAT as x's",
        "eta, DOUBLE, FLOAT as x's",
        "hebb0, DOUBLE, FLOAT as x's"
    })
    void theOpRefusesMixedTypes(String tensor, DataType type, String expected) {
        INDArray wrong = arrays().get(tensor).castTo(type);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> runWith(tensor, wrong))
                .withMessageStartingWith(
                        "plastic_readout: " + tensor + ": expected type " + expected + ", found " + type + " [");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "drive", "w", "alpha", "eta", "hebb0"})
    void theOpRejectsElementsThatAreNotFiniteWithTheirIndex(String tensor) {
        for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            INDArray array = arrays().get(tensor);
            long[] place = Arrays.stream(array.shape()).map(size -> size - 1).toArray();
            array.putScalar(place, bad);
            assertThatThrownBy(() -> runWith(tensor, array))
                    .isInstanceOf(NotFiniteInput.class)
                    .hasMessage("plastic_readout: " + tensor + ": expected finite numbers, found " + bad + " at "
                            + Arrays.toString(place) + ".");
        }
    }

    private static Map<String, INDArray> arrays() {
        ReadoutCase lifetimes = ReadoutCase.random(READOUT, true, 5, 2, 0.1, 1);
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        for (String name : lifetimes.inputs()) {
            arrays.put(name, lifetimes.arrays().get(name).castTo(DataType.FLOAT));
        }
        return arrays;
    }

    /** All are the result of an op, so that nothing is known of them before the graph runs. */
    private static void runWith(String tensor, INDArray array) {
        Map<String, INDArray> arrays = arrays();
        arrays.put(tensor, array);
        SameDiff graph = SameDiff.create();
        Map<String, SDVariable> variables = new LinkedHashMap<>();
        arrays.forEach((name, value) -> variables.put(name, graph.identity(graph.constant(value))));
        new FusedReadout()
                .build(
                        graph,
                        "life",
                        READOUT,
                        PlasticParameters.plastic(variables.get("w"), variables.get("alpha"), variables.get("eta")),
                        ReadoutInputs.of(variables.get("x"), variables.get("drive"))
                                .from(variables.get("hebb0")));
        graph.outputSingle(Map.of(), "life_y");
    }

    /** Plain ops would broadcast most of these. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x      | 5 2 1   | any, any, 6 | 5, any, 6",
                "x      | 2 6     | any, any, 6 | 5, any, 6",
                "drive  | 5 2 1   | 5, 2, 4     | 5, 2, 4",
                "drive  | 5 1 4   | 5, 2, 4     | 5, 2, 4",
                "drive  | 6 2 4   | 5, 2, 4     | 5, 2, 4",
                "w      | 6 1     | 6, 4        | 6, 4",
                "alpha  | 4       | 6, 4        | 6, 4",
                "hebb0  | 1 6 4   | 2, 6, 4     | 2, 6, 4",
            })
    void bothExecutionsRefuseVariablesOfAnotherShape(String tensor, String sizes, String fused, String unrolled) {
        ReadoutCase lifetimes = ReadoutCase.random(READOUT, true, 5, 2, 0.1, 1)
                .with(tensor, Nd4j.create(DataType.DOUBLE, shape(sizes)));
        String found = "], found DOUBLE [" + sizes.replace(" ", ", ") + "].";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lifetimes.graph(new FusedReadout(), DataType.DOUBLE))
                .withMessage("FusedReadout \"life\": " + tensor + ": expected shape [" + fused + found);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lifetimes.graph(new UnrolledReadout(5), DataType.DOUBLE))
                .withMessage("UnrolledReadout \"life\": " + tensor + ": expected shape [" + unrolled + found);
    }

    @Test
    void aSharedAlphaAndEtaAreOneNumberEach() {
        PlasticReadout shared = new PlasticReadout(6, 4, Alpha.SHARED, new DecayingHebb());
        ReadoutCase lifetimes = ReadoutCase.random(shared, false, 5, 2, 0.1, 1);
        for (String tensor : new String[] {"alpha", "eta"}) {
            ReadoutCase wrong = lifetimes.with(tensor, Nd4j.zeros(DataType.DOUBLE, 4));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> wrong.graph(new UnrolledReadout(5), DataType.DOUBLE))
                    .withMessage("UnrolledReadout \"life\": " + tensor + ": expected one number, found DOUBLE [4].");
        }
    }

    @Test
    void parametersThatDoNotFitTheReadoutAreRefused() {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.placeHolder("x", DataType.FLOAT, 3, 1, 6);
        SDVariable drive = graph.placeHolder("drive", DataType.FLOAT, 3, 1, 4);
        PlasticParameters fixed = PlasticParameters.fixed(graph.var("w", DataType.FLOAT, 6, 4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FusedReadout().build(graph, "life", READOUT, fixed, ReadoutInputs.of(x, drive)))
                .withMessage("PlasticParameters: expected w, alpha, eta for a cell with rule decaying_hebb, found w.");
    }

    private static long[] shape(String sizes) {
        return Arrays.stream(sizes.split(" ")).mapToLong(Long::parseLong).toArray();
    }
}
