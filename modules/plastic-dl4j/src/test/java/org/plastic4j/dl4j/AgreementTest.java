package org.plastic4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.lifetime.UnrolledLifetime;
import org.plastic4j.core.rule.PlasticityRule;

/** The layer is the plastic cell of plastic-core, whatever way it is run. */
class AgreementTest {
    private static final int BATCH = 3;
    private static final int STEPS = 7;
    private static final double TOLERANCE = 1e-5;

    private static PlasticRnn layer(String rule) {
        return Networks.plastic().rule(PlasticityRule.of(rule, 1)).build();
    }

    /** The definition's outputs for the layer's own parameters, [B, n, T]. */
    private static INDArray defined(PlasticRnn layer, Map<String, INDArray> table, INDArray input) {
        SameDiff graph = SameDiff.create();
        Map<String, INDArray> values = new HashMap<>();
        table.forEach((key, value) -> {
            if (key.startsWith("0_")) {
                values.put(PlasticParamInitializer.inCell(key.substring(2)), value.dup('c'));
            }
        });
        INDArray drive = Nd4j.create(DataType.FLOAT, STEPS, BATCH, Networks.NEURONS);
        for (int t = 0; t < STEPS; t++) {
            INDArray at = input.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(t))
                    .dup('c');
            drive.putSlice(t, at.mmul(values.get("W")).addiRowVector(values.get("b")));
        }
        PlasticParameters parameters = PlasticParameters.create(graph, layer.cell(), values);
        SDVariable given = graph.placeHolder("drive", DataType.FLOAT, STEPS, BATCH, Networks.NEURONS);
        SDVariable y = new UnrolledLifetime(STEPS)
                .build(graph, "life", layer.cell(), parameters, LifetimeInputs.driven(given))
                .y();
        return graph.output(Map.of("drive", drive), y.name()).get(y.name()).permute(1, 2, 0);
    }

    private static void agree(INDArray found, INDArray expected) {
        assertThat(found.shape()).isEqualTo(expected.shape());
        assertThat(found.sub(expected).amaxNumber().doubleValue()).isCloseTo(0, within(TOLERANCE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "decaying_hebb",
                "oja",
                "hard_bound",
                "soft_bound",
                "neuromodulated",
                "neuromodulated_fan_out",
                "retroactive",
                "abcd",
                "bcm",
                "stpn",
                Normalised.KEY
            })
    void outputIsThatOfTheDefinition(String rule) {
        PlasticRnn layer = layer(rule);
        MultiLayerNetwork network = Networks.network(layer, DataType.FLOAT, new NoOp());
        INDArray input = Networks.input(DataType.FLOAT, BATCH, Networks.INPUTS, STEPS, 5);
        network.getLayer(0).getParam("b").assign(0.1);

        INDArray found = network.feedForward(input, false).get(1);

        INDArray expected = defined((PlasticRnn) network.getLayer(0).conf().getLayer(), network.paramTable(), input);
        agree(found, expected);
        assertThat(expected.amaxNumber().doubleValue()).isGreaterThan(0.1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"decaying_hebb", "retroactive", Normalised.KEY})
    void stepByStepIsTheSameAsAtOnce(String rule) {
        MultiLayerNetwork network = Networks.network(layer(rule), DataType.FLOAT, new NoOp());
        INDArray input = Networks.input(DataType.FLOAT, BATCH, Networks.INPUTS, STEPS, 6);
        INDArray whole = network.output(input);

        // Of different lengths, one step among them.
        int[] ends = {2, 3, STEPS};
        for (int pass = 0; pass < 2; pass++) {
            network.rnnClearPreviousState();
            int from = 0;
            for (int end : ends) {
                INDArray part = input.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(from, end))
                        .dup();
                agree(
                        network.rnnTimeStep(part),
                        whole.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(from, end)));
                from = end;
            }
        }
    }

    @Test
    void bothExecutionsAgreeInOutputsAndGradients() {
        MultiLayerNetwork fused = Networks.network(Networks.plastic().build(), DataType.FLOAT, new NoOp());
        MultiLayerNetwork unrolled = Networks.network(
                Networks.plastic().execution(Execution.UNROLLED).build(), DataType.FLOAT, new NoOp());
        INDArray input = Networks.input(DataType.FLOAT, BATCH, Networks.INPUTS, STEPS, 7);
        INDArray labels = Networks.classes(DataType.FLOAT, BATCH, STEPS, 8);
        for (MultiLayerNetwork network : new MultiLayerNetwork[] {fused, unrolled}) {
            network.setInput(input);
            network.setLabels(labels);
            network.computeGradientAndScore();
        }

        assertThat(fused.params()).isEqualTo(unrolled.params());
        agree(fused.getFlattenedGradients(), unrolled.getFlattenedGradients());
        agree(fused.output(input), unrolled.output(input));
        assertThat(fused.getFlattenedGradients().norm2Number().doubleValue()).isGreaterThan(0.1);
    }

    @Test
    void whatLiesBehindAnExamplesEndIsZeroAndChangesNothing() {
        MultiLayerNetwork network = Networks.network(layer("oja"), DataType.FLOAT, new NoOp());
        INDArray input = Networks.input(DataType.FLOAT, BATCH, Networks.INPUTS, STEPS, 9);
        INDArray whole = network.feedForward(input, false).get(1).dup();

        network.setLayerMaskArrays(Networks.ends(DataType.FLOAT, STEPS, 7, 1, 4), null);
        INDArray found = network.feedForward(input, false).get(1).dup();
        network.clearLayerMaskArrays();

        for (int t = 0; t < STEPS; t++) {
            for (int b = 0; b < BATCH; b++) {
                boolean lives = t < new int[] {7, 1, 4}[b];
                for (int j = 0; j < Networks.NEURONS; j++) {
                    assertThat(found.getDouble(b, j, t)).isEqualTo(lives ? whole.getDouble(b, j, t) : 0);
                }
            }
        }
    }
}
