package org.plastic4j.associativeretrieval;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Deeplearning4j's LSTM and output layer. Parameters: {@code input}, [m, 4 n], a column of the four blocks candidate, forget
 * gate, output gate and input gate after the other; {@code recurrent}, [n, 4 n], and {@code bias}, [1, 4 n], in the same blocks;
 * the readout.
 */
final class RetrievalLstm implements RetrievalNetwork {
    /** What we call Deeplearning4j's parameters, in its order. */
    private static final Map<String, String> NAMES =
            Map.of("0_W", "input", "0_RW", "recurrent", "0_b", "bias", "1_W", READOUT, "1_b", READOUT_BIAS);

    private final MultiLayerNetwork network;
    private final LinkedHashMap<String, INDArray> parameters = new LinkedHashMap<>();

    /**
     * Builds the network with its initial parameters.
     *
     * @param shape its sizes
     * @param seed where the initial parameters come from
     */
    RetrievalLstm(Shape shape, long seed) {
        network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .updater(new NoOp())
                .list()
                .layer(new LastTimeStep(new LSTM.Builder()
                        .nIn(shape.symbols())
                        .nOut(shape.units())
                        .activation(Activation.TANH)
                        .gateActivationFunction(Activation.SIGMOID)
                        .build()))
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(shape.units())
                        .nOut(shape.symbols())
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        network.paramTable().forEach((name, parameter) -> {
            try (INDArray drawn = Uniform.bySize(shape.units(), DataType.FLOAT, random, parameter.shape())) {
                parameter.assign(drawn);
            }
            parameters.put(NAMES.get(name), parameter);
        });
    }

    @Override
    public LinkedHashMap<String, INDArray> parameters() {
        return parameters;
    }

    @Override
    public double backward(INDArray input, INDArray target) {
        network.setInput(bySequence(input));
        network.setLabels(target);
        network.computeGradientAndScore();
        // Deeplearning4j's are those of the sum; its updater would divide them.
        network.getFlattenedGradients().divi(target.size(0));
        return network.score();
    }

    @Override
    public LinkedHashMap<String, INDArray> gradients() {
        LinkedHashMap<String, INDArray> gradients = new LinkedHashMap<>();
        network.gradient().gradientForVariable().forEach((name, array) -> gradients.put(NAMES.get(name), array));
        return gradients;
    }

    @Override
    public INDArray probabilities(INDArray input) {
        return network.output(bySequence(input));
    }

    /** From [T, B, m] to [B, m, T]. */
    private static INDArray bySequence(INDArray input) {
        return input.permute(1, 2, 0).dup('f');
    }
}
