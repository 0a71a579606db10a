package org.plastic4j.omniglot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.convolution.ConvolutionParameters;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.encoder.Encoder;
import org.plastic4j.core.readout.ReadoutInputs;
import org.plastic4j.core.readout.ReadoutLifetime;
import org.plastic4j.data.omniglot.EpisodeTask;
import org.plastic4j.training.trainer.StepResult;
import org.plastic4j.training.trainer.Trainable;

/**
 * A convolutional embedding of drawings, and a plastic readout of its features that is told the classes of some and asked
 * for that of the last. The loss is the binary cross-entropy between the last step's softmax and the class that is right,
 * in the mean over classes and episodes.
 */
final class OmniglotNetwork implements Trainable {
    /** The primary metric. */
    static final String ACCURACY = "accuracy";

    private static final String DRAWINGS = "drawings";
    private static final String SHOWN = "shown";
    private static final String ASKED = "asked";
    private static final String ANSWER = "answer";
    private static final String LOSS = "loss";
    /** Keeps logarithms from minus infinity where a float's softmax is 0 or 1. */
    private static final double LEAST = 1e-12;

    private final SameDiff graph = SameDiff.create();
    private final LinkedHashMap<String, INDArray> parameters = new LinkedHashMap<>();
    private Map<String, INDArray> gradients = Map.of();

    /**
     * The sizes of a batch.
     *
     * @param task what an episode is
     * @param batch episodes, B
     * @param group how many in a row share their labelled drawings
     */
    record Shape(EpisodeTask task, int batch, int group) {
        int groups() {
            return batch / group;
        }

        /** Drawings that are shown with labels, in the whole batch. */
        int labelled() {
            return task.labelled() * groups();
        }
    }

    /**
     * How it is executed.
     *
     * @param encoder the embedding
     * @param readout the episodes
     */
    record Ways(Encoder encoder, ReadoutLifetime readout) {}

    /**
     * Builds the network with its initial parameters.
     *
     * @param settings what it is
     * @param ways how it is executed
     * @param shape the sizes of a batch
     * @param seed where the initial parameters come from
     */
    OmniglotNetwork(Config.Network settings, Ways ways, Shape shape, long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        ConvolutionStack stack = settings.embedding();
        EpisodeTask task = shape.task;
        PlasticReadout readout = settings.readout(task.ways());
        int features = readout.inputs();
        Map<String, INDArray> initial = new LinkedHashMap<>();
        initial.putAll(ConvolutionParameters.draw(stack, DataType.FLOAT, seeds.nextLong()));
        initial.putAll(settings.initialisation().draw(readout, DataType.FLOAT, seeds.nextLong()));
        ConvolutionParameters convolutions = ConvolutionParameters.create(graph, stack, initial);
        PlasticParameters plastic = PlasticParameters.create(graph, readout, initial);
        initial.keySet()
                .forEach(name -> parameters.put(name, graph.getVariable(name).getArr()));

        int pictures = shape.labelled() + shape.batch;
        SDVariable drawings = graph.placeHolder(DRAWINGS, DataType.FLOAT, pictures, stack.height(), stack.width(), 1);
        SDVariable shown = graph.placeHolder(SHOWN, DataType.FLOAT, task.steps(), shape.batch, task.ways());
        SDVariable asked = graph.placeHolder(ASKED, DataType.FLOAT, shape.batch, task.ways());
        SDVariable embedded = ways.encoder
                .encode(graph, "embedding", stack, convolutions, drawings)
                .reshape(pictures, features);
        ReadoutInputs inputs = ReadoutInputs.of(bySteps(embedded, shape, features), shown.mul(settings.labelClamp()));
        SDVariable y =
                ways.readout.build(graph, "episode", readout, plastic, inputs).y();
        // SameDiff's gradient of a strided slice is wrong for a single index, that of slice is right.
        SDVariable answer = graph.slice(y, new int[] {task.labelled(), 0, 0}, 1, shape.batch, task.ways())
                .reshape(shape.batch, task.ways())
                .rename(ANSWER);
        SDVariable right = asked.mul(graph.math().log(answer.add(LEAST)));
        SDVariable wrong = asked.rsub(1).mul(graph.math().log(answer.rsub(1).add(LEAST)));
        right.add(wrong).mean().neg().rename(LOSS).markAsLoss();
    }

    /** The features of all drawings as they are seen, [T, B, m]. */
    private SDVariable bySteps(SDVariable embedded, Shape shape, int features) {
        if (shape.group == 1) {
            return embedded.reshape(shape.task.steps(), shape.batch, features);
        }
        int steps = shape.task.labelled();
        SDVariable each = graph.constant("each", Nd4j.ones(DataType.FLOAT, 1, 1, shape.group, 1));
        SDVariable labelled = graph.slice(embedded, new int[] {0, 0}, shape.labelled(), features)
                .reshape(steps, shape.groups(), 1, features)
                .mul(each)
                .reshape(steps, shape.batch, features);
        SDVariable last = graph.slice(embedded, new int[] {shape.labelled(), 0}, shape.batch, features)
                .reshape(1, shape.batch, features);
        return graph.concat(0, labelled, last);
    }

    @Override
    public LinkedHashMap<String, INDArray> parameters() {
        return parameters;
    }

    /** How many numbers are trained. */
    long parameterCount() {
        return parameters.values().stream().mapToLong(INDArray::length).sum();
    }

    @Override
    public StepResult step(MultiDataSet episodes) {
        close();
        INDArray asked = episodes.getLabels(0);
        OutAndGrad result = graph.calculateGradientsAndOutputs(
                Map.of(DRAWINGS, episodes.getFeatures(0), SHOWN, episodes.getFeatures(1), ASKED, asked),
                List.of(LOSS, ANSWER),
                parameters.keySet());
        gradients = result.getGradients();
        try (INDArray loss = result.getOutputs().get(LOSS);
                INDArray answer = result.getOutputs().get(ANSWER)) {
            return new StepResult(loss.getDouble(0), gradients, measures(answer, asked));
        }
    }

    @Override
    public LinkedHashMap<String, Double> evaluate(MultiDataSet episodes) {
        try (INDArray answer = answer(episodes)) {
            return measures(answer, episodes.getLabels(0));
        }
    }

    private LinkedHashMap<String, Double> measures(INDArray answer, INDArray asked) {
        LinkedHashMap<String, Double> measures = new LinkedHashMap<>();
        measures.put(ACCURACY, Answers.accuracy(answer, asked));
        if (parameters.containsKey(PlasticParameters.ETA)) {
            measures.put("eta", parameters.get(PlasticParameters.ETA).getDouble(0));
        }
        return measures;
    }

    /**
     * @param episodes a batch
     * @return the probabilities of the classes, [B, N]; the caller closes it
     */
    INDArray answer(MultiDataSet episodes) {
        return graph.output(Map.of(DRAWINGS, episodes.getFeatures(0), SHOWN, episodes.getFeatures(1)), ANSWER)
                .get(ANSWER);
    }

    /** Gives back the last step's gradients, which are off-heap. */
    @Override
    public void close() {
        gradients.values().forEach(INDArray::close);
        gradients = Map.of();
    }
}
