package org.plastic4j.dl4j;

import java.util.Random;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.plastic4j.core.cell.Initialisation;

/** Small networks and sequences for the tests; sizes are odd, so that no two can be mistaken for each other. */
final class Networks {
    static final int INPUTS = 3;
    static final int NEURONS = 5;
    static final int CLASSES = 2;
    /** Large enough that traces matter. */
    static final Initialisation LIVELY = new Initialisation(0.4, 0.6, 0.3, 0.5);

    private Networks() {}

    static PlasticRnn.Builder plastic() {
        return new PlasticRnn.Builder().nIn(INPUTS).nOut(NEURONS).initialisation(LIVELY);
    }

    static NeuralNetConfiguration.Builder base(DataType type, IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(12)
                .dataType(type)
                .optimizationAlgo(OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT)
                .updater(updater);
    }

    static RnnOutputLayer output() {
        return output(NEURONS);
    }

    static RnnOutputLayer output(int neurons) {
        return new RnnOutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                .nIn(neurons)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build();
    }

    static MultiLayerConfiguration configuration(PlasticRnn layer, DataType type, IUpdater updater) {
        return base(type, updater)
                .list()
                .layer(layer)
                .layer(output())
                .setInputType(InputType.recurrent(INPUTS))
                .build();
    }

    static MultiLayerNetwork network(PlasticRnn layer, DataType type, IUpdater updater) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration(layer, type, updater));
        network.init();
        return network;
    }

    /** Numbers from -1 to 1, [batch, size, steps]. */
    static INDArray input(DataType type, int batch, int size, int steps, long seed) {
        Random random = new Random(seed);
        double[] values = new double[batch * size * steps];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.nextDouble() - 1;
        }
        return Nd4j.createFromArray(values).reshape('c', batch, size, steps).castTo(type);
    }

    /** A class a step, [batch, CLASSES, steps]. */
    static INDArray classes(DataType type, int batch, int steps, long seed) {
        Random random = new Random(seed);
        INDArray classes = Nd4j.zeros(type, batch, CLASSES, steps);
        for (int b = 0; b < batch; b++) {
            for (int t = 0; t < steps; t++) {
                classes.putScalar(b, random.nextInt(CLASSES), t, 1);
            }
        }
        return classes;
    }

    /** 1 up to each example's length, [examples, steps]. */
    static INDArray ends(DataType type, int steps, int... lengths) {
        INDArray mask = Nd4j.zeros(type, lengths.length, steps);
        for (int b = 0; b < lengths.length; b++) {
            for (int t = 0; t < lengths[b]; t++) {
                mask.putScalar(b, t, 1);
            }
        }
        return mask;
    }
}
