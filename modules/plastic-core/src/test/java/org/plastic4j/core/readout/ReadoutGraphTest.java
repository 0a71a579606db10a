package org.plastic4j.core.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.ChildJvm;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.op.FusedReadoutGradOp;
import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.core.rule.Oja;

/** The readout as a part of somebody's graph. */
class ReadoutGraphTest {
    private static final PlasticReadout READOUT = new PlasticReadout(6, 4, Alpha.PER_CONNECTION, new Oja());

    private static ReadoutCase lifetimes() {
        return ReadoutCase.random(READOUT, true, 5, 2, 0.1, 77);
    }

    private static ReadoutLifetime lifetime(boolean fused) {
        return fused ? new FusedReadout() : new UnrolledReadout(5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSavedAndLoadedGraphGivesTheSameGradients(boolean fused, @TempDir Path folder) {
        ReadoutCase lifetimes = lifetimes();
        SameDiff graph = lifetimes.graph(lifetime(fused), DataType.FLOAT);
        Map<String, INDArray> expected = graph.calculateGradients(Map.of(), lifetimes.inputs());
        File file = folder.resolve("graph.fb").toFile();
        graph.save(file, true);
        Map<String, INDArray> found = SameDiff.load(file, true).calculateGradients(Map.of(), lifetimes.inputs());
        expected.forEach((name, array) -> assertThat(found.get(name)).as(name).isEqualTo(array));
    }

    @Test
    void aFreshProcessLoadsTheGraph(@TempDir Path folder) throws IOException, InterruptedException {
        SameDiff graph = lifetimes().graph(new FusedReadout(), DataType.DOUBLE);
        File file = folder.resolve("graph.fb").toFile();
        graph.save(file, true);
        String found =
                ChildJvm.run(Probe.class, List.of("-Xmx512m"), file.toString()).get(0);
        assertThat(found).isEqualTo(Probe.gradients(graph));
    }

    /** Prints the gradients of a saved graph. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            System.out.println("result " + gradients(SameDiff.load(new File(arguments[0]), true)));
        }

        static String gradients(SameDiff graph) {
            Map<String, INDArray> gradients = graph.calculateGradients(Map.of(), "x", "eta");
            return gradients.get("eta").getDouble(0) + " " + gradients.get("x").getDouble(1, 1, 1);
        }
    }

    /** What comes before, as an encoder does, receives its gradient through x; labels need none. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEncoderBeforeItIsTrainedThroughIt(boolean fused) {
        ReadoutCase lifetimes = lifetimes();
        INDArray pictures = ReadoutCase.normal(new Random(3), 1, 5 * 2, 7);
        INDArray weights = ReadoutCase.normal(new Random(4), 0.4, 7, 6);
        SameDiff graph = SameDiff.create();
        SDVariable encoder = graph.var("encoder", weights);
        SDVariable seen = graph.placeHolder("pictures", DataType.DOUBLE, -1, 7);
        SDVariable x = graph.math().tanh(seen.mmul(encoder)).reshape(5, 2, 6);
        SDVariable labels = graph.placeHolder("labels", DataType.DOUBLE, 5, -1, 4);
        PlasticParameters parameters = PlasticParameters.create(
                graph, READOUT, new Initialisation(0.5, 0.5, 0.2).draw(READOUT, DataType.DOUBLE, 1));
        lifetime(fused)
                .build(graph, "read", READOUT, parameters, ReadoutInputs.of(x, labels))
                .y()
                .mul(graph.constant(lifetimes.arrays().get("y_cot")))
                .sum()
                .rename("objective")
                .markAsLoss();
        Map<String, INDArray> shown =
                Map.of("pictures", pictures, "labels", lifetimes.arrays().get("drive"));
        double expected =
                graph.calculateGradients(shown, "encoder").get("encoder").getDouble(3, 2);

        double step = 1e-5;
        double start = weights.getDouble(3, 2);
        INDArray array = graph.getVariable("encoder").getArr();
        array.putScalar(3, 2, start + step);
        double above = graph.output(shown, "objective").get("objective").getDouble(0);
        array.putScalar(3, 2, start - step);
        double below = graph.output(shown, "objective").get("objective").getDouble(0);
        assertThat((above - below) / (2 * step)).isCloseTo(expected, within(1e-7));
        assertThat(expected).isNotZero();
    }

    @Test
    void changingParametersInPlaceChangesWhatFollows() {
        SameDiff graph = lifetimes().graph(new FusedReadout(), DataType.FLOAT);
        INDArray before = graph.calculateGradients(Map.of(), "w").get("w");
        graph.getVariable("w").getArr().muli(0.5);
        assertThat(graph.calculateGradients(Map.of(), "w").get("w")).isNotEqualTo(before);
    }

    @Test
    void theSameSeedDrawsTheSameParameters() {
        Initialisation initialisation = new Initialisation(0.5, 0.25, 0.125);
        Map<String, INDArray> drawn = initialisation.draw(READOUT, DataType.DOUBLE, 3);
        assertThat(drawn.keySet()).containsExactly("w", "alpha", "eta");
        assertThat(drawn.get("w").shape()).containsExactly(6, 4);
        assertThat(drawn.get("alpha").shape()).containsExactly(6, 4);
        assertThat(drawn).isEqualTo(initialisation.draw(READOUT, DataType.DOUBLE, 3));
        PlasticReadout shared = new PlasticReadout(6, 4, Alpha.SHARED, new Oja());
        assertThat(initialisation.draw(shared, DataType.FLOAT, 3).get("alpha").shape())
                .containsExactly(1);
    }

    @Test
    void parametersAreCounted() {
        assertThat(READOUT.parameterCount()).isEqualTo(6 * 4 * 2 + 1);
        assertThat(new PlasticReadout(64, 5, Alpha.SHARED, new Oja()).parameterCount())
                .isEqualTo(64 * 5 + 2);
        assertThat(new PlasticReadout(64, 5, Alpha.ABSENT, new Oja()).parameterCount())
                .isEqualTo(64 * 5);
    }

    @Test
    void readoutsThatCannotBeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PlasticReadout(0, 4, Alpha.SHARED, new DecayingHebb()))
                .withMessage("PlasticReadout: expected at least 1 input, at least 1 output and at most 2147483639"
                        + " connections, found 0 inputs and 4 outputs.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PlasticReadout(4, -1, Alpha.SHARED, new DecayingHebb()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PlasticReadout(1 << 16, 1 << 15, Alpha.SHARED, new DecayingHebb()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UnrolledReadout(0))
                .withMessage("UnrolledReadout: expected at least 1 step, found 0.");
    }

    @Test
    void secondDerivativesOfTheFusedReadoutAreRefused() {
        assertThatThrownBy(() -> new FusedReadoutGradOp().doDiff(List.of()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("use UnrolledReadout");
    }
}
