package org.plastic4j.omniglot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.convolution.ConvolutionParameters;
import org.plastic4j.core.encoder.Encoder;
import org.plastic4j.core.readout.ReadoutLifetime;
import org.plastic4j.data.omniglot.EpisodeTask;
import org.plastic4j.training.classification.Answers;
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

    private final Config.Network settings;
    private final Ways ways;
    private final Shape shape;
    private final PlasticReadout readout;
    private final EpisodeGraph training;
    private final LinkedHashMap<String, INDArray> parameters = new LinkedHashMap<>();
    private Map<String, INDArray> gradients = Map.of();
    /** For episodes of another size than in training; made when there are any. */
    private EpisodeGraph others;

    private Shape othersShape;

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
     * @param readout the episodes, of as many steps
     */
    record Ways(Encoder encoder, IntFunction<ReadoutLifetime> readout) {}

    /**
     * Builds the network with its initial parameters.
     *
     * @param settings what it is
     * @param ways how it is executed
     * @param shape the sizes of a batch in training; there are as many outputs as classes in an episode
     * @param seed where the initial parameters come from
     */
    OmniglotNetwork(Config.Network settings, Ways ways, Shape shape, long seed) {
        this.settings = settings;
        this.ways = ways;
        this.shape = shape;
        readout = settings.readout(shape.task.ways());
        SplittableRandom seeds = new SplittableRandom(seed);
        Map<String, INDArray> initial = new LinkedHashMap<>();
        initial.putAll(ConvolutionParameters.draw(settings.embedding(), DataType.FLOAT, seeds.nextLong()));
        initial.putAll(settings.initialisation().draw(readout, DataType.FLOAT, seeds.nextLong()));
        training = new EpisodeGraph(settings, ways, shape, readout, initial);
        initial.keySet().forEach(name -> parameters.put(name, training.array(name)));
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
        OutAndGrad result = training.gradients(episodes, parameters.keySet());
        gradients = result.getGradients();
        try (INDArray loss = EpisodeGraph.loss(result);
                INDArray answer = EpisodeGraph.answer(result)) {
            return new StepResult(loss.getDouble(0), gradients, measures(answer, episodes.getLabels(0)));
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
     * @param episodes a batch of as many episodes as in training, with as many classes or fewer
     * @return the probabilities of the classes, [B, N]; the caller closes it
     */
    INDArray answer(MultiDataSet episodes) {
        int classes = Math.toIntExact(episodes.getLabels(0).size(1));
        if (classes == shape.task.ways()) {
            return training.answer(episodes);
        }
        Shape wanted = new Shape(new EpisodeTask(classes, shape.task.shots()), shape.batch, shape.group);
        if (!wanted.equals(othersShape)) {
            others = new EpisodeGraph(settings, ways, wanted, readout, parameters);
            othersShape = wanted;
        }
        parameters.forEach((name, array) -> others.array(name).assign(array));
        return others.answer(episodes);
    }

    /** Gives back the last step's gradients, which are off-heap. */
    @Override
    public void close() {
        gradients.values().forEach(INDArray::close);
        gradients = Map.of();
    }
}
