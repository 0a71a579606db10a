package org.plastic4j.binarypatterns;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.data.patterns.PatternTask;
import org.plastic4j.experiment.train.StepResult;
import org.plastic4j.experiment.train.Trainable;

/**
 * One neuron a bit and a bias neuron, fully recurrent. What is shown drives or clamps the bits' neurons; the bias
 * neuron's input is always 1. The answer is what the bits' neurons give in the last step, the loss its summed squared
 * distance from the whole pattern, in the mean over the batch.
 */
final class PatternNetwork implements Trainable {
    private static final String SHOWN = "shown";
    private static final String ASKED = "asked";
    private static final String ANSWER = "answer";
    private static final String LOSS = "loss";

    private final SameDiff graph = SameDiff.create();
    private final LinkedHashMap<String, INDArray> parameters = new LinkedHashMap<>();
    private final PatternTask task;
    private final Config.Input input;
    private final int batch;
    private Map<String, INDArray> gradients = Map.of();

    PatternNetwork(Config config, Lifetime lifetime, long seed) {
        task = config.task().pattern();
        input = config.input();
        batch = config.training().batch();
        PlasticCell cell = config.network().cell(task.bits() + 1);
        Map<String, INDArray> initial = config.network().initialisation().draw(cell, DataType.FLOAT, seed);
        PlasticParameters variables = PlasticParameters.create(graph, cell, initial);
        initial.keySet()
                .forEach(name -> parameters.put(name, graph.getVariable(name).getArr()));

        SDVariable shown = graph.placeHolder(SHOWN, DataType.FLOAT, task.steps(), batch, task.bits());
        SDVariable asked = graph.placeHolder(ASKED, DataType.FLOAT, batch, task.bits());
        SDVariable y =
                lifetime.live(graph, "life", cell, variables, inputs(shown)).y();
        // SameDiff's gradient of a strided slice is wrong for a single index, that of slice is right.
        SDVariable answer = graph.slice(y, new int[] {task.steps() - 1, 0, 0}, 1, batch, task.bits())
                .reshape(batch, task.bits())
                .rename(ANSWER);
        SDVariable difference = answer.sub(asked);
        difference.mul(difference).sum().div(batch).rename(LOSS).markAsLoss();
    }

    private LifetimeInputs inputs(SDVariable shown) {
        SDVariable bias = graph.constant("bias", Nd4j.ones(DataType.FLOAT, task.steps(), batch, 1));
        SDVariable all = graph.concat(2, shown, bias);
        return switch (input.mode()) {
            case DRIVEN -> LifetimeInputs.driven(all.mul(input.gain()));
            // Silence is 0: a neuron is clamped where its input is not.
            case CLAMPED ->
                LifetimeInputs.driven(graph.zerosLike(all)).clamped(graph.math().abs(all), all);
        };
    }

    @Override
    public LinkedHashMap<String, INDArray> parameters() {
        return parameters;
    }

    @Override
    public StepResult step(MultiDataSet lifetimes) {
        close();
        INDArray asked = lifetimes.getLabels(0);
        OutAndGrad result = graph.calculateGradientsAndOutputs(
                Map.of(SHOWN, lifetimes.getFeatures(0), ASKED, asked), List.of(LOSS, ANSWER), parameters.keySet());
        gradients = result.getGradients();
        try (INDArray loss = result.getOutputs().get(LOSS);
                INDArray answer = result.getOutputs().get(ANSWER)) {
            return new StepResult(loss.getDouble(0), gradients, measures(answer, asked));
        }
    }

    @Override
    public LinkedHashMap<String, Double> evaluate(MultiDataSet lifetimes) {
        try (INDArray answer = answer(lifetimes.getFeatures(0))) {
            return measures(answer, lifetimes.getLabels(0));
        }
    }

    private LinkedHashMap<String, Double> measures(INDArray answer, INDArray asked) {
        LinkedHashMap<String, Double> measures = new LinkedHashMap<>();
        measures.put("error", wrongSigns(answer, asked));
        if (parameters.containsKey(PlasticParameters.ETA)) {
            measures.put("eta", parameters.get(PlasticParameters.ETA).getDouble(0));
        }
        return measures;
    }

    /** What the network answers, [B, bits], to what it is shown, [T, B, bits]; the caller closes both. */
    INDArray answer(INDArray shown) {
        return graph.output(Map.of(SHOWN, shown), ANSWER).get(ANSWER);
    }

    /** The share of bits whose sign is not the one asked for; an answer of 0 is wrong. */
    private static double wrongSigns(INDArray answer, INDArray asked) {
        float[] answers = answer.dup('c').data().asFloat();
        float[] targets = asked.dup('c').data().asFloat();
        int wrong = 0;
        for (int k = 0; k < answers.length; k++) {
            wrong += answers[k] * targets[k] > 0 ? 0 : 1;
        }
        return (double) wrong / answers.length;
    }

    /** Gives back the last step's gradients, which are off-heap and as large as the parameters. */
    @Override
    public void close() {
        gradients.values().forEach(INDArray::close);
        gradients = Map.of();
    }
}
