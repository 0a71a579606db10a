package org.plastic4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;
import org.plastic4j.core.rule.PlasticityRule;

/**
 * Sequences of different lengths, begun late or ended early: each is to a plastic layer what it is alone. (Deeplearning4j's
 * LSTM takes the same masks, but its gates see the steps before the beginning.)
 */
@Tag("slow")
class MaskTest {
    private static final int STEPS = 6;
    private static final int[] LENGTHS = {6, 3, 1};

    /** Where the sequences are. */
    enum Align {
        START,
        END
    }

    private static MultiLayerNetwork network(Layer layer, int outputs) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.DOUBLE, new NoOp())
                .list()
                .layer(layer)
                .layer(Networks.output(outputs))
                .setInputType(InputType.recurrent(Networks.INPUTS))
                .build());
        network.init();
        return network;
    }

    private static Layer lstm() {
        return new LSTM.Builder().nIn(Networks.INPUTS).nOut(Networks.NEURONS).build();
    }

    static Stream<Arguments> layers() {
        List<Arguments> all = new ArrayList<>();
        for (Align align : Align.values()) {
            for (String rule : List.of(
                    "decaying_hebb",
                    "oja",
                    "hard_bound",
                    "soft_bound",
                    "neuromodulated",
                    "neuromodulated_fan_out",
                    "retroactive")) {
                for (Execution execution : Execution.values()) {
                    PlasticRnn layer = Networks.plastic()
                            .rule(PlasticityRule.of(rule, 1))
                            .execution(execution)
                            .build();
                    all.add(Arguments.of(rule + " " + execution, network(layer, Networks.NEURONS), align));
                }
            }
            all.add(Arguments.of(
                    "Bidirectional",
                    network(new Bidirectional(Networks.plastic().build()), 2 * Networks.NEURONS),
                    align));
        }
        return all.stream();
    }

    private static int from(Align align, int length) {
        return align == Align.START ? 0 : STEPS - length;
    }

    private static INDArray part(INDArray all, int example, int from, int length) {
        return all.get(
                        NDArrayIndex.interval(example, example + 1),
                        NDArrayIndex.all(),
                        NDArrayIndex.interval(from, from + length))
                .dup();
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("layers")
    void sequenceAmongLongerOnesGivesTheOutputsAndGradientsThatItGivesAlone(
            String name, MultiLayerNetwork network, Align align) {
        INDArray input = Networks.input(DataType.DOUBLE, LENGTHS.length, Networks.INPUTS, STEPS, 3);
        INDArray classes = Networks.classes(DataType.DOUBLE, LENGTHS.length, STEPS, 4);
        INDArray mask = Nd4j.zeros(DataType.DOUBLE, LENGTHS.length, STEPS);
        for (int b = 0; b < LENGTHS.length; b++) {
            int from = from(align, LENGTHS[b]);
            mask.get(NDArrayIndex.point(b), NDArrayIndex.interval(from, from + LENGTHS[b]))
                    .assign(1);
        }
        INDArray output = network.output(input, false, mask, mask);
        network.setLayerMaskArrays(mask, mask);
        network.setInput(input);
        network.setLabels(classes);
        network.computeGradientAndScore();
        INDArray together = network.gradient().gradient().dup();
        network.clearLayerMaskArrays();

        INDArray sum = Nd4j.zerosLike(together);
        for (int b = 0; b < LENGTHS.length; b++) {
            int from = from(align, LENGTHS[b]);
            INDArray alone = part(input, b, from, LENGTHS[b]);
            assertThat(part(output, b, from, LENGTHS[b]).equalsWithEps(network.output(alone), 1e-10))
                    .as("example " + b)
                    .isTrue();
            network.setInput(alone);
            network.setLabels(part(classes, b, from, LENGTHS[b]));
            network.computeGradientAndScore();
            sum.addi(network.gradient().gradient());
        }
        assertThat(together.equalsWithEps(sum, 1e-9)).as("gradients").isTrue();
        assertThat(sum.amaxNumber().doubleValue()).isGreaterThan(1e-3);
    }

    @ParameterizedTest
    @EnumSource(Execution.class)
    void outputBeforeTheBeginningIsZeroAndTheStateIsThatOfTheSequenceAlone(Execution execution) {
        MultiLayerNetwork network =
                network(Networks.plastic().execution(execution).build(), Networks.NEURONS);
        INDArray input = Networks.input(DataType.DOUBLE, 1, Networks.INPUTS, STEPS, 3);
        INDArray mask = Nd4j.createFromArray(new double[][] {{0, 0, 0, 1, 1, 1}});
        network.setLayerMaskArrays(mask, null);
        INDArray y = network.feedForward(input).get(1);
        assertThat(part(y, 0, 0, 3).amaxNumber().doubleValue()).isZero();
        network.setLayerMaskArrays(mask, null);
        network.rnnActivateUsingStoredState(input, false, true);
        INDArray late =
                ((PlasticRnnLayer) network.getLayer(0)).rnnGetTBPTTState().get(LifetimeGraph.HEBB);
        network.clearLayerMaskArrays();
        network.rnnClearPreviousState();
        network.rnnActivateUsingStoredState(part(input, 0, 3, 3), false, true);
        INDArray alone =
                ((PlasticRnnLayer) network.getLayer(0)).rnnGetTBPTTState().get(LifetimeGraph.HEBB);
        assertThat(late.equalsWithEps(alone, 1e-12)).isTrue();
        assertThat(alone.amaxNumber().doubleValue()).isGreaterThan(1e-3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bidirectionalLayersAreFitToSequencesOfUnequalLengthsAsOnesOfLstmsAre(boolean plastic) {
        Layer layer = plastic ? Networks.plastic().build() : lstm();
        MultiLayerNetwork network = network(new Bidirectional(layer), 2 * Networks.NEURONS);
        INDArray mask = Networks.ends(DataType.DOUBLE, STEPS, LENGTHS);
        DataSet data = new DataSet(
                Networks.input(DataType.DOUBLE, LENGTHS.length, Networks.INPUTS, STEPS, 3),
                Networks.classes(DataType.DOUBLE, LENGTHS.length, STEPS, 4),
                mask,
                mask);
        network.fit(data);
        network.setLayerMaskArrays(mask, mask);
        INDArray y = network.feedForward(data.getFeatures()).get(1);
        assertThat(y.shape()).containsExactly(LENGTHS.length, 2L * Networks.NEURONS, STEPS);
        for (int b = 1; plastic && b < LENGTHS.length; b++) {
            INDArray behind = part(y, b, LENGTHS[b], STEPS - LENGTHS[b]);
            assertThat(behind.amaxNumber().doubleValue()).isZero();
        }
    }
}
