package org.plastic4j.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.recurrent.LSTM;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.data.patterns.PatternStream;
import org.plastic4j.data.patterns.PatternTask;
import org.plastic4j.training.trainer.StepResult;

class ClampedLstmTest {
    private static final PatternTask TASK = new PatternTask(2, 6, 3, 1, 3, 1, 3);
    private static final LstmSettings SMALL = new LstmSettings(13, 100, 0.4, 1);

    private static MultiDataSet lifetimes(int batch) {
        return new PatternStream(TASK, 5, batch).next();
    }

    @Test
    void unitOfAShownBitGivesItWhateverTheOthersDoAndOfAMissingOneItsOwnAnswer() {
        ClampedLstm network = new ClampedLstm(SMALL, TASK.bits(), 1);
        INDArray input = lifetimes(4).getFeatures(0);

        INDArray prediction = network.predict(input);

        assertThat(prediction.shape()).containsExactly(4, TASK.bits());
        int missing = 0;
        for (int b = 0; b < 4; b++) {
            for (int bit = 0; bit < TASK.bits(); bit++) {
                double last = input.getDouble(TASK.steps() - 1, b, bit);
                if (last == 0) {
                    missing++;
                    assertThat(Math.abs(prediction.getDouble(b, bit))).isStrictlyBetween(1e-4, 1.0);
                } else {
                    assertThat(prediction.getDouble(b, bit)).isCloseTo(Math.tanh(last), within(1e-6));
                }
            }
        }
        assertThat(missing).isEqualTo(4 * TASK.degradedBits());
    }

    @Test
    void gradientIsThatOfTheLoss() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        ClampedLstm network = new ClampedLstm(SMALL, TASK.bits(), 2);
        MultiDataSet lifetimes = lifetimes(3);
        network.parameters().forEach((name, parameter) -> {
            StepResult result = network.step(lifetimes);
            float[] direction = new float[(int) parameter.length()];
            double slope = 0;
            for (int i = 0; i < direction.length; i++) {
                direction[i] = random.nextBoolean() ? 1 : -1;
                slope += direction[i] * result.gradients().get(name).getDouble(i);
            }
            INDArray step = Nd4j.createFromArray(direction).mul(1e-3);
            parameter.addi(step);
            double above = network.step(lifetimes).loss();
            parameter.subi(step.mul(2));
            double below = network.step(lifetimes).loss();
            parameter.addi(step);

            assertThat((above - below) / 2e-3)
                    .as("%s, seed %d", name, seed)
                    .isCloseTo(slope, within(0.02 + 0.01 * Math.abs(slope)));
        });
    }

    @Test
    void oneForwardPassGivesTheGradientsOfDeeplearning4jsOwnTwo() {
        NeuralNetConfiguration conf = new NeuralNetConfiguration.Builder()
                .layer(new org.deeplearning4j.nn.conf.layers.LSTM.Builder()
                        .nIn(3)
                        .nOut(5)
                        .activation(Activation.TANH)
                        .build())
                .build();
        long length = conf.getLayer().initializer().numParams(conf);
        INDArray parameters = Nd4j.rand(DataType.FLOAT, 1, length).subi(0.5);
        INDArray input = Nd4j.rand(DataType.FLOAT, 2, 3, 7).subi(0.5);
        INDArray slope = Nd4j.rand(DataType.FLOAT, 2, 5, 7);
        LayerWorkspaceMgr arrays = LayerWorkspaceMgr.noWorkspaces();
        LSTM theirs = new LSTM(conf, DataType.FLOAT);
        OneForwardLstm ours = new OneForwardLstm(conf);
        for (LSTM layer : List.of(theirs, ours)) {
            layer.setParamsViewArray(parameters);
            layer.setParamTable(conf.getLayer().initializer().init(conf, parameters, false));
            layer.setBackpropGradientsViewArray(Nd4j.create(DataType.FLOAT, 1, length));
        }

        INDArray outputs = theirs.activate(input, true, arrays);
        theirs.backpropGradient(slope.dup('f'), arrays);
        INDArray last = ours.last(input, true, arrays);
        ours.backpropGradient(slope.dup('f'), arrays);

        assertThat(values(last)).isEqualTo(values(outputs.tensorAlongDimension(6, 1, 0)));
        assertThat(theirs.getGradientsViewArray().norm2Number().doubleValue()).isPositive();
        assertThat(values(ours.getGradientsViewArray())).isEqualTo(values(theirs.getGradientsViewArray()));
    }

    private static float[] values(INDArray array) {
        return array.dup('c').data().asFloat();
    }

    @Test
    void stepsLeaveNothingBehindThatChangesLaterOnes() {
        MultiDataSet lifetimes = lifetimes(2);
        ClampedLstm network = new ClampedLstm(SMALL, TASK.bits(), 3);
        StepResult first = network.step(lifetimes);
        float[] before = values(first.gradients().get(ClampedLstm.WEIGHTS));
        network.predict(lifetimes.getFeatures(0)).close();
        for (int batch = 1; batch < 5; batch++) {
            network.step(lifetimes(batch));
        }

        StepResult again = network.step(lifetimes);

        assertThat(again.loss()).isEqualTo(first.loss());
        assertThat(values(again.gradients().get(ClampedLstm.WEIGHTS))).isEqualTo(before);
    }
}
