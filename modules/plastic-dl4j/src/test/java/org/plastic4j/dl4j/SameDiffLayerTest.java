package org.plastic4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitUtil;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.lifetime.LifetimeOutputs;
import org.plastic4j.core.lifetime.UnrolledLifetime;
import org.plastic4j.core.rule.DecayingHebb;

/** Lifetimes of plastic-core in a layer that somebody writes for Deeplearning4j. */
class SameDiffLayerTest {
    private static final int NEURONS = Networks.INPUTS;
    private static final int STEPS = 6;
    private static final DataSet DATA = new DataSet(
            Networks.input(DataType.DOUBLE, 4, NEURONS, STEPS, 1), Networks.classes(DataType.DOUBLE, 4, STEPS, 2));

    /** A fused lifetime whose external input is the layer's input, [B, n, T]. */
    static class Layer extends SameDiffLayer {
        private static final long serialVersionUID = 1;

        Lifetime execution() {
            return new FusedLifetime();
        }

        @Override
        public void defineParameters(SDLayerParams parameters) {
            parameters.addWeightParam("w", NEURONS, NEURONS);
            parameters.addWeightParam("alpha", NEURONS, NEURONS);
            parameters.addWeightParam("eta", 1);
        }

        @Override
        public void initializeParameters(Map<String, INDArray> parameters) {
            parameters.forEach((name, array) -> {
                if (name.equals("eta")) {
                    array.assign(0.2);
                } else {
                    WeightInitUtil.initWeights(NEURONS, NEURONS, array.shape(), WeightInit.XAVIER, null, array);
                }
            });
        }

        @Override
        public SDVariable defineLayer(
                SameDiff graph, SDVariable input, Map<String, SDVariable> parameters, SDVariable mask) {
            PlasticCell cell = new PlasticCell(NEURONS, Alpha.PER_CONNECTION, new DecayingHebb());
            PlasticParameters plastic =
                    PlasticParameters.plastic(parameters.get("w"), parameters.get("alpha"), parameters.get("eta"));
            LifetimeOutputs outputs =
                    execution().build(graph, "life", cell, plastic, LifetimeInputs.driven(input.permute(2, 0, 1)));
            // SameDiff takes an output that nothing uses for the loss.
            SDVariable used = outputs.hebb().orElseThrow().sum().mul(0.0);
            return outputs.y().add(used).permute(1, 2, 0);
        }

        @Override
        public InputType getOutputType(int layerIndex, InputType inputType) {
            return InputType.recurrent(NEURONS, STEPS);
        }
    }

    /** The same as plain ops. */
    static final class UnrolledLayer extends Layer {
        private static final long serialVersionUID = 1;

        @Override
        Lifetime execution() {
            return new UnrolledLifetime(STEPS);
        }
    }

    private static MultiLayerNetwork network(Layer layer) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.DOUBLE, new Sgd(0.5))
                .list()
                .layer(layer)
                .layer(Networks.output(NEURONS))
                .setInputType(InputType.recurrent(NEURONS, STEPS))
                .build());
        network.init();
        return network;
    }

    @Test
    void fitTrainsAFusedLifetimeAsItDoesAnUnrolledOne() {
        MultiLayerNetwork fused = network(new Layer());
        MultiLayerNetwork unrolled = network(new UnrolledLayer());
        unrolled.setParams(fused.params().dup());
        double score = fused.score(DATA);
        INDArray before = fused.params().dup();
        for (int k = 0; k < 5; k++) {
            fused.fit(DATA);
            unrolled.fit(DATA);
        }
        assertThat(fused.params().sub(unrolled.params()).amaxNumber().doubleValue())
                .isLessThan(1e-10);
        assertThat(fused.params().sub(before).aminNumber().doubleValue()).isPositive();
        assertThat(fused.score(DATA)).isLessThan(score);
    }
}
