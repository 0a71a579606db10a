package org.plastic4j.baselines;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.params.LSTMParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.plastic4j.training.completion.BitErrorRate;
import org.plastic4j.training.trainer.StepResult;
import org.plastic4j.training.trainer.Trainable;

/**
 * Completes patterns by an LSTM, Deeplearning4j's own. The first units are those of the bits. A bit that is shown clamps its
 * unit: fixed input weights open the input and the output gate, shut the forget gate and drive the cell, so that the unit
 * gives tanh(1) or tanh(-1) whatever the others do; a bit that is not shown leaves its unit alone. All else is learned: the
 * recurrent weights and the biases.
 *
 * <p>The prediction is what the bits' units give in the last step, the loss its summed squared distance from the target,
 * in the mean over the batch.
 *
 * <p>Parameters: {@code recurrentWeights}, [units * 4 * units], a column of the four blocks candidate, forget gate, output
 * gate and input gate after the other; {@code bias}, [4 * units], in the same blocks.
 */
final class ClampedLstm implements Trainable {
    /** The recurrent weights' name. */
    static final String WEIGHTS = "recurrentWeights";
    /** The biases' name. */
    static final String BIAS = "bias";

    private static final int GATES = 4;
    private static final int CANDIDATE = 0;
    private static final int FORGET = 1;
    private static final int OUTPUT = 2;
    private static final int INPUT = 3;
    private static final String WORKSPACE = "clamped-lstm";
    /** One lifetime is as large as the next; all it needs is taken from the same place each time. */
    private static final WorkspaceConfiguration MEMORY = WorkspaceConfiguration.builder()
            .policyAllocation(AllocationPolicy.STRICT)
            .policyLearning(LearningPolicy.FIRST_LOOP)
            .policySpill(SpillPolicy.REALLOCATE)
            .build();

    private final int bits;
    private final int units;
    private final OneForwardLstm layer;
    private final LinkedHashMap<String, INDArray> parameters;
    private final Map<String, INDArray> gradients;
    private final LayerWorkspaceMgr arrays = LayerWorkspaceMgr.noWorkspaces();

    /**
     * Builds the network with its initial parameters.
     *
     * @param settings the LSTM
     * @param bits the patterns' bits
     * @param seed where the initial parameters come from
     */
    ClampedLstm(LstmSettings settings, int bits, long seed) {
        this.bits = bits;
        this.units = settings.units();
        NeuralNetConfiguration conf = new NeuralNetConfiguration.Builder()
                .layer(new LSTM.Builder()
                        .nIn(2L * bits)
                        .nOut(units)
                        .activation(Activation.TANH)
                        .gateActivationFunction(Activation.SIGMOID)
                        .build())
                .build();
        long length = conf.getLayer().initializer().numParams(conf);
        INDArray all = Nd4j.create(DataType.FLOAT, 1, length);
        INDArray allGradients = Nd4j.create(DataType.FLOAT, 1, length);
        layer = new OneForwardLstm(conf);
        layer.setParamsViewArray(all);
        layer.setParamTable(conf.getLayer().initializer().init(conf, all, false));
        layer.setBackpropGradientsViewArray(allGradients);
        parameters = learned(all);
        gradients = learned(allGradients);
        clamp(settings.clampGain());
        draw(settings, seed);
    }

    /** Flat views, as Deeplearning4j keeps them: an optimizer goes over them without a detour. */
    private LinkedHashMap<String, INDArray> learned(INDArray all) {
        long from = 2L * bits * GATES * units;
        long to = from + (long) units * GATES * units;
        INDArray flat = all.reshape(all.length());
        LinkedHashMap<String, INDArray> views = new LinkedHashMap<>();
        views.put(WEIGHTS, flat.get(NDArrayIndex.interval(from, to)));
        views.put(BIAS, flat.get(NDArrayIndex.interval(to, all.length())));
        return views;
    }

    /** Inputs are the bits, and then whether each is shown. */
    private void clamp(double gain) {
        INDArray weights = layer.getParam(LSTMParamInitializer.INPUT_WEIGHT_KEY);
        for (int bit = 0; bit < bits; bit++) {
            weights.putScalar(bit, CANDIDATE * units + bit, gain);
            weights.putScalar(bits + bit, FORGET * units + bit, -gain);
            weights.putScalar(bits + bit, OUTPUT * units + bit, gain);
            weights.putScalar(bits + bit, INPUT * units + bit, gain);
        }
    }

    private void draw(LstmSettings settings, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        float[] weights = new float[GATES * units * units];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (settings.weightScale() * random.nextGaussian());
        }
        try (INDArray drawn = Nd4j.createFromArray(weights)) {
            parameters.get(WEIGHTS).assign(drawn);
        }
        parameters
                .get(BIAS)
                .get(NDArrayIndex.interval(FORGET * units, (FORGET + 1) * units))
                .assign(settings.forgetBias());
    }

    @Override
    public LinkedHashMap<String, INDArray> parameters() {
        return parameters;
    }

    @Override
    public StepResult step(MultiDataSet lifetimes) {
        INDArray input = lifetimes.getFeatures(0);
        INDArray target = lifetimes.getLabels(0);
        int batch = (int) target.size(0);
        int last = (int) input.size(0) - 1;
        MemoryWorkspace workspace = workspace();
        try {
            INDArray prediction = predictionOf(layer.last(inputs(input), true, arrays));
            INDArray difference = prediction.sub(target);
            double loss = difference.mul(difference).sumNumber().doubleValue() / batch;
            INDArray slope = Nd4j.create(DataType.FLOAT, new long[] {batch, units, last + 1}, 'f');
            slope.get(NDArrayIndex.all(), NDArrayIndex.interval(0, bits), NDArrayIndex.point(last))
                    .assign(difference.mul(2.0 / batch));
            layer.backpropGradient(slope, arrays);
            return new StepResult(loss, gradients, BitErrorRate.measure(input, prediction, target));
        } finally {
            workspace.close();
        }
    }

    @Override
    public LinkedHashMap<String, Double> evaluate(MultiDataSet lifetimes) {
        try (INDArray prediction = predict(lifetimes.getFeatures(0))) {
            return BitErrorRate.measure(lifetimes.getFeatures(0), prediction, lifetimes.getLabels(0));
        }
    }

    /**
     * Completes patterns.
     *
     * @param input the input, [T, B, bits]
     * @return its prediction, [B, bits]; the caller closes both
     */
    INDArray predict(INDArray input) {
        MemoryWorkspace workspace = workspace();
        try {
            return predictionOf(layer.last(inputs(input), false, arrays)).detach();
        } finally {
            workspace.close();
        }
    }

    private static MemoryWorkspace workspace() {
        return Nd4j.getWorkspaceManager().getAndActivateWorkspace(MEMORY, WORKSPACE);
    }

    private INDArray predictionOf(INDArray last) {
        return last.get(NDArrayIndex.all(), NDArrayIndex.interval(0, bits)).dup('c');
    }

    /** From [T, B, bits] to [B, 2 bits, T]. */
    private INDArray inputs(INDArray input) {
        INDArray values = input.permute(1, 2, 0);
        return Nd4j.concat(1, values, Transforms.abs(values, true));
    }
}
