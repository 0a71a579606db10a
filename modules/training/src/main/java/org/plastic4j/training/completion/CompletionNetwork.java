package org.plastic4j.training.completion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.plastic4j.core.accelerator.LifetimeAccelerator;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Slot;
import org.plastic4j.devicetraining.AcceleratedCompletion;
import org.plastic4j.devicetraining.ResidentCompletion;
import org.plastic4j.training.network.InputSettings;
import org.plastic4j.training.network.PlasticSettings;
import org.plastic4j.training.optimizer.AdamSettings;
import org.plastic4j.training.optimizer.Optimizer;
import org.plastic4j.training.trainer.StepResult;
import org.plastic4j.training.trainer.Trainable;

/**
 * Memorises its inputs and completes the last one: one neuron a value, a bias neuron, and as many other neurons as it is
 * given, which have neither input nor target; fully recurrent. Inputs drive or clamp the values' neurons, 0 being silence;
 * the bias neuron's input is always 1. The prediction is what the values' neurons give in the last step, the loss its summed
 * squared distance from the target, averaged over the batch.
 */
public final class CompletionNetwork implements Trainable {
    private static final String INPUT = "input";
    private static final String TARGET = "target";
    private static final String PREDICTION = "prediction";
    private static final String LOSS = "loss";

    private final SameDiff graph = SameDiff.create();
    private final LinkedHashMap<String, INDArray> parameters = new LinkedHashMap<>();
    private final Shape shape;
    private final Measure measure;
    private final Optional<ResidentTraining> resident;
    private Map<String, INDArray> gradients = Map.of();

    /**
     * The sizes of a batch.
     *
     * @param steps the lifetimes' length, T
     * @param batch lifetimes, B
     * @param values values of an input and of its target
     * @param others neurons besides those of the values and the bias neuron
     */
    public record Shape(int steps, int batch, int values, int others) {
        /** Without other neurons. */
        public Shape(int steps, int batch, int values) {
            this(steps, batch, values, 0);
        }

        /** How many neurons the network has. */
        public int neurons() {
            return values + 1 + others;
        }
    }

    /** What is recorded of a batch besides loss and eta. */
    @FunctionalInterface
    public interface Measure {
        /**
         * @param input the input, [T, B, values]
         * @param prediction the prediction, [B, values]
         * @param target the target, [B, values]
         * @return means over the batch by their names, always the same ones
         */
        LinkedHashMap<String, Double> of(INDArray input, INDArray prediction, INDArray target);
    }

    /**
     * Builds the network with its initial parameters.
     *
     * @param network the plastic layer
     * @param inputSettings how inputs reach the neurons
     * @param lifetime how lifetimes are executed
     * @param shape the sizes of a batch
     * @param measure what is recorded
     * @param seed where the initial parameters come from
     */
    public CompletionNetwork(
            PlasticSettings network,
            InputSettings inputSettings,
            Lifetime lifetime,
            Shape shape,
            Measure measure,
            long seed) {
        this.shape = shape;
        this.measure = measure;
        PlasticCell cell = network.cell(shape.neurons());
        Map<String, INDArray> initial = network.draw(cell, seed);
        PlasticParameters variables = PlasticParameters.create(graph, cell, initial);
        initial.keySet()
                .forEach(name -> parameters.put(name, graph.getVariable(name).getArr()));

        SDVariable input = graph.placeHolder(INPUT, DataType.FLOAT, shape.steps, shape.batch, shape.values);
        SDVariable target = graph.placeHolder(TARGET, DataType.FLOAT, shape.batch, shape.values);
        SDVariable y = lifetime.build(graph, "life", cell, variables, inputs(input, inputSettings))
                .y();
        // SameDiff's gradient of a strided slice is wrong for a single index, that of slice is right.
        SDVariable prediction = graph.slice(y, new int[] {shape.steps - 1, 0, 0}, 1, shape.batch, shape.values)
                .reshape(shape.batch, shape.values)
                .rename(PREDICTION);
        SDVariable difference = prediction.sub(target);
        difference.mul(difference).sum().div(shape.batch).rename(LOSS).markAsLoss();
        resident = lifetime instanceof FusedLifetime ? resident(cell, inputSettings) : Optional.empty();
    }

    /** The same network on the accelerator in use, if there is one. */
    private Optional<ResidentTraining> resident(PlasticCell cell, InputSettings inputSettings) {
        boolean clamped = inputSettings.mode() == InputSettings.Mode.CLAMPED;
        LifetimeSpec spec = new LifetimeSpec(cell, clamped ? Set.of(Slot.MASK) : Set.of());
        LifetimeAccelerator.Shape lifetimes = new LifetimeAccelerator.Shape(spec, shape.steps, shape.batch);
        return AcceleratedCompletion.of(new ResidentCompletion.Network(lifetimes, shape.values, inputSettings.gain()))
                .map(device -> new ResidentTraining(device, parameters));
    }

    private LifetimeInputs inputs(SDVariable input, InputSettings inputSettings) {
        SDVariable bias = graph.constant("bias", Nd4j.ones(DataType.FLOAT, shape.steps, shape.batch, 1));
        SDVariable all = shape.others == 0
                ? graph.concat(2, input, bias)
                : graph.concat(
                        2,
                        input,
                        bias,
                        graph.constant("others", Nd4j.zeros(DataType.FLOAT, shape.steps, shape.batch, shape.others)));
        return switch (inputSettings.mode()) {
            case DRIVEN -> LifetimeInputs.driven(all.mul(inputSettings.gain()));
            // Silence is 0: a neuron is clamped where its input is not.
            case CLAMPED ->
                LifetimeInputs.driven(graph.zerosLike(all)).clamped(all.neq(0).castTo(DataType.FLOAT), all);
        };
    }

    @Override
    public LinkedHashMap<String, INDArray> parameters() {
        resident.ifPresent(ResidentTraining::bringParameters);
        return parameters;
    }

    @Override
    public Optimizer optimizer(AdamSettings settings, int batch) {
        return resident.map(training -> training.optimizer(settings, batch))
                .orElseGet(() -> Trainable.super.optimizer(settings, batch));
    }

    @Override
    public StepResult step(MultiDataSet lifetimes) {
        closeGradients();
        return resident.isPresent() ? residentStep(lifetimes, resident.get()) : graphStep(lifetimes);
    }

    private StepResult residentStep(MultiDataSet lifetimes, ResidentTraining training) {
        double loss = training.gradient(lifetimes);
        if (parameters.containsKey(PlasticParameters.ETA)) {
            training.bring(PlasticParameters.ETA);
        }
        try (INDArray outputs = Nd4j.createUninitialized(DataType.FLOAT, shape.batch, shape.neurons())) {
            training.predict(outputs);
            try (INDArray prediction = outputs.get(NDArrayIndex.all(), NDArrayIndex.interval(0, shape.values))
                    .dup('c')) {
                return new StepResult(
                        loss,
                        Map.of(),
                        training.squaredNorms(),
                        measures(lifetimes.getFeatures(0), prediction, lifetimes.getLabels(0)));
            }
        }
    }

    private StepResult graphStep(MultiDataSet lifetimes) {
        INDArray input = lifetimes.getFeatures(0);
        INDArray target = lifetimes.getLabels(0);
        OutAndGrad result = graph.calculateGradientsAndOutputs(
                Map.of(INPUT, input, TARGET, target), List.of(LOSS, PREDICTION), parameters.keySet());
        gradients = result.getGradients();
        try (INDArray loss = result.getOutputs().get(LOSS);
                INDArray prediction = result.getOutputs().get(PREDICTION)) {
            return new StepResult(loss.getDouble(0), gradients, measures(input, prediction, target));
        }
    }

    @Override
    public LinkedHashMap<String, Double> evaluate(MultiDataSet lifetimes) {
        INDArray input = lifetimes.getFeatures(0);
        try (INDArray prediction = predict(input)) {
            return measures(input, prediction, lifetimes.getLabels(0));
        }
    }

    private LinkedHashMap<String, Double> measures(INDArray input, INDArray prediction, INDArray target) {
        LinkedHashMap<String, Double> measures = new LinkedHashMap<>(measure.of(input, prediction, target));
        if (parameters.containsKey(PlasticParameters.ETA)) {
            measures.put("eta", parameters.get(PlasticParameters.ETA).getDouble(0));
        }
        return measures;
    }

    /**
     * @param input the input, [T, B, values]
     * @return its prediction, [B, values]; the caller closes both
     */
    public INDArray predict(INDArray input) {
        resident.ifPresent(ResidentTraining::bringParameters);
        return graph.output(Map.of(INPUT, input), PREDICTION).get(PREDICTION);
    }

    /** Gives back the last step's gradients, which are off-heap and as large as the parameters. */
    private void closeGradients() {
        gradients.values().forEach(INDArray::close);
        gradients = Map.of();
    }

    @Override
    public void close() {
        closeGradients();
        resident.ifPresent(ResidentTraining::close);
    }
}
