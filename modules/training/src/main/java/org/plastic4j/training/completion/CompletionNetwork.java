package org.plastic4j.training.completion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.plastic4j.core.accelerator.AcceleratedCompletion;
import org.plastic4j.core.accelerator.LifetimeAccelerator;
import org.plastic4j.core.accelerator.ResidentCompletion;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.training.network.InputSettings;
import org.plastic4j.training.network.PlasticSettings;
import org.plastic4j.training.optimizer.AdamSettings;
import org.plastic4j.training.optimizer.Optimizer;
import org.plastic4j.training.trainer.StepResult;
import org.plastic4j.training.trainer.Trainable;

/**
 * Memorises what it is shown and completes what it is shown last: one neuron a value, a bias neuron, and as many others as
 * it is given, which nothing is shown to or asked of; fully recurrent.
 * What is shown drives or clamps the values' neurons, 0 being silence; the bias neuron's input is always 1. The answer is
 * what the values' neurons give in the last step, the loss its summed squared distance from what is asked for, in the
 * mean over the batch.
 */
public final class CompletionNetwork implements Trainable {
    private static final String SHOWN = "shown";
    private static final String ASKED = "asked";
    private static final String ANSWER = "answer";
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
     * @param values values that are shown and asked for
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
         * @param shown what was shown, [T, B, values]
         * @param answer what was answered, [B, values]
         * @param asked what was asked for, [B, values]
         * @return means over the batch by their names, always the same ones
         */
        LinkedHashMap<String, Double> of(INDArray shown, INDArray answer, INDArray asked);
    }

    /**
     * Builds the network with its initial parameters.
     *
     * @param network the plastic layer
     * @param input how it sees
     * @param lifetime how lifetimes are executed
     * @param shape the sizes of a batch
     * @param measure what is recorded
     * @param seed where the initial parameters come from
     */
    public CompletionNetwork(
            PlasticSettings network, InputSettings input, Lifetime lifetime, Shape shape, Measure measure, long seed) {
        this.shape = shape;
        this.measure = measure;
        PlasticCell cell = network.cell(shape.neurons());
        Map<String, INDArray> initial = network.initialisation().draw(cell, DataType.FLOAT, seed);
        PlasticParameters variables = PlasticParameters.create(graph, cell, initial);
        initial.keySet()
                .forEach(name -> parameters.put(name, graph.getVariable(name).getArr()));

        SDVariable shown = graph.placeHolder(SHOWN, DataType.FLOAT, shape.steps, shape.batch, shape.values);
        SDVariable asked = graph.placeHolder(ASKED, DataType.FLOAT, shape.batch, shape.values);
        SDVariable y = lifetime.live(graph, "life", cell, variables, inputs(shown, input))
                .y();
        // SameDiff's gradient of a strided slice is wrong for a single index, that of slice is right.
        SDVariable answer = graph.slice(y, new int[] {shape.steps - 1, 0, 0}, 1, shape.batch, shape.values)
                .reshape(shape.batch, shape.values)
                .rename(ANSWER);
        SDVariable difference = answer.sub(asked);
        difference.mul(difference).sum().div(shape.batch).rename(LOSS).markAsLoss();
        resident = lifetime instanceof FusedLifetime ? resident(cell, input) : Optional.empty();
    }

    /** The same network on the accelerator in use, if there is one. */
    private Optional<ResidentTraining> resident(PlasticCell cell, InputSettings input) {
        boolean clamped = input.mode() == InputSettings.Mode.CLAMPED;
        LifetimeSpec spec = new LifetimeSpec(cell.rule(), cell.alpha(), clamped, false, false, false);
        LifetimeAccelerator.Shape lifetimes =
                new LifetimeAccelerator.Shape(spec, shape.steps, shape.batch, shape.neurons());
        return AcceleratedCompletion.of(new ResidentCompletion.Network(lifetimes, shape.values, input.gain()))
                .map(device -> new ResidentTraining(device, parameters));
    }

    private LifetimeInputs inputs(SDVariable shown, InputSettings input) {
        SDVariable bias = graph.constant("bias", Nd4j.ones(DataType.FLOAT, shape.steps, shape.batch, 1));
        SDVariable all = shape.others == 0
                ? graph.concat(2, shown, bias)
                : graph.concat(
                        2,
                        shown,
                        bias,
                        graph.constant("others", Nd4j.zeros(DataType.FLOAT, shape.steps, shape.batch, shape.others)));
        return switch (input.mode()) {
            case DRIVEN -> LifetimeInputs.driven(all.mul(input.gain()));
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
            training.answer(outputs);
            try (INDArray answer = outputs.get(NDArrayIndex.all(), NDArrayIndex.interval(0, shape.values))
                    .dup('c')) {
                return new StepResult(
                        loss,
                        Map.of(),
                        training.squaredNorms(),
                        measures(lifetimes.getFeatures(0), answer, lifetimes.getLabels(0)));
            }
        }
    }

    private StepResult graphStep(MultiDataSet lifetimes) {
        INDArray shown = lifetimes.getFeatures(0);
        INDArray asked = lifetimes.getLabels(0);
        OutAndGrad result = graph.calculateGradientsAndOutputs(
                Map.of(SHOWN, shown, ASKED, asked), List.of(LOSS, ANSWER), parameters.keySet());
        gradients = result.getGradients();
        try (INDArray loss = result.getOutputs().get(LOSS);
                INDArray answer = result.getOutputs().get(ANSWER)) {
            return new StepResult(loss.getDouble(0), gradients, measures(shown, answer, asked));
        }
    }

    @Override
    public LinkedHashMap<String, Double> evaluate(MultiDataSet lifetimes) {
        INDArray shown = lifetimes.getFeatures(0);
        try (INDArray answer = answer(shown)) {
            return measures(shown, answer, lifetimes.getLabels(0));
        }
    }

    private LinkedHashMap<String, Double> measures(INDArray shown, INDArray answer, INDArray asked) {
        LinkedHashMap<String, Double> measures = new LinkedHashMap<>(measure.of(shown, answer, asked));
        if (parameters.containsKey(PlasticParameters.ETA)) {
            measures.put("eta", parameters.get(PlasticParameters.ETA).getDouble(0));
        }
        return measures;
    }

    /**
     * @param shown what it is shown, [T, B, values]
     * @return what the network answers, [B, values]; the caller closes both
     */
    public INDArray answer(INDArray shown) {
        resident.ifPresent(ResidentTraining::bringParameters);
        return graph.output(Map.of(SHOWN, shown), ANSWER).get(ANSWER);
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
