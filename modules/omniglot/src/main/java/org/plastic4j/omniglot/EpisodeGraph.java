package org.plastic4j.omniglot;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
import org.plastic4j.core.readout.ReadoutInputs;
import org.plastic4j.data.omniglot.EpisodeTask;

/**
 * Episodes of one size in a graph: the embedding of their drawings, the plastic readout, and the loss.
 *
 * <p>The readout may have more outputs than there are classes in an episode. Those without a class are masked: their
 * pre-activations are so low that their softmax is 0 in every step.
 */
final class EpisodeGraph {
    private static final String DRAWINGS = "drawings";
    private static final String SHOWN = "shown";
    private static final String ASKED = "asked";
    private static final String ANSWER = "answer";
    private static final String LOSS = "loss";
    /** Keeps logarithms from minus infinity where a float's softmax is 0 or 1. */
    private static final double LEAST = 1e-12;
    /** Of which the exponential is 0 beside that of any other pre-activation. */
    private static final float MASKED = -10_000;

    private final SameDiff graph = SameDiff.create();
    private final OmniglotNetwork.Shape shape;
    private final int outputs;

    /**
     * @param settings what the network is
     * @param ways how it is executed
     * @param shape the sizes of a batch
     * @param readout has at least as many outputs as there are classes in an episode
     * @param values the parameters by their names
     */
    EpisodeGraph(
            Config.Network settings,
            OmniglotNetwork.Ways ways,
            OmniglotNetwork.Shape shape,
            PlasticReadout readout,
            Map<String, INDArray> values) {
        this.shape = shape;
        outputs = readout.outputs();
        ConvolutionStack stack = settings.embedding();
        EpisodeTask task = shape.task();
        int features = readout.inputs();
        ConvolutionParameters convolutions = ConvolutionParameters.create(graph, stack, values);
        PlasticParameters plastic = PlasticParameters.create(graph, readout, values);

        int pictures = shape.labelled() + shape.batch();
        SDVariable drawings = graph.placeHolder(DRAWINGS, DataType.FLOAT, pictures, stack.height(), stack.width(), 1);
        SDVariable shown = graph.placeHolder(SHOWN, DataType.FLOAT, task.steps(), shape.batch(), task.ways());
        SDVariable asked = graph.placeHolder(ASKED, DataType.FLOAT, shape.batch(), task.ways());
        SDVariable embedded = ways.encoder()
                .encode(graph, "embedding", stack, convolutions, drawings)
                .reshape(pictures, features);
        ReadoutInputs inputs = ReadoutInputs.of(bySteps(embedded, features), labels(shown, settings.labelClamp()));
        SDVariable y = ways.readout()
                .apply(task.steps())
                .build(graph, "episode", readout, plastic, inputs)
                .y();
        // SameDiff's gradient of a strided slice is wrong for a single index, that of slice is right.
        SDVariable answer = graph.slice(y, new int[] {task.labelled(), 0, 0}, 1, shape.batch(), task.ways())
                .reshape(shape.batch(), task.ways())
                .rename(ANSWER);
        SDVariable right = asked.mul(graph.math().log(answer.add(LEAST)));
        SDVariable wrong = asked.rsub(1).mul(graph.math().log(answer.rsub(1).add(LEAST)));
        right.add(wrong).mean().neg().rename(LOSS).markAsLoss();
    }

    /** What is added to the pre-activations, [T, B, outputs]. */
    private SDVariable labels(SDVariable shown, double clamp) {
        EpisodeTask task = shape.task();
        if (outputs == task.ways()) {
            return shown.mul(clamp);
        }
        float[][] places = new float[task.ways()][outputs];
        float[][] masks = new float[1][outputs];
        for (int way = 0; way < task.ways(); way++) {
            places[way][way] = (float) clamp;
        }
        Arrays.fill(masks[0], task.ways(), outputs, MASKED);
        SDVariable labels = shown.reshape(task.steps() * shape.batch(), task.ways())
                .mmul(graph.constant("places", Nd4j.createFromArray(places)));
        return labels.add(graph.constant("masks", Nd4j.createFromArray(masks)))
                .reshape(task.steps(), shape.batch(), outputs);
    }

    /** The features of all drawings as they are seen, [T, B, m]. */
    private SDVariable bySteps(SDVariable embedded, int features) {
        if (shape.group() == 1) {
            return embedded.reshape(shape.task().steps(), shape.batch(), features);
        }
        int steps = shape.task().labelled();
        SDVariable each = graph.constant("each", Nd4j.ones(DataType.FLOAT, 1, 1, shape.group(), 1));
        SDVariable labelled = graph.slice(embedded, new int[] {0, 0}, shape.labelled(), features)
                .reshape(steps, shape.groups(), 1, features)
                .mul(each)
                .reshape(steps, shape.batch(), features);
        SDVariable last = graph.slice(embedded, new int[] {shape.labelled(), 0}, shape.batch(), features)
                .reshape(1, shape.batch(), features);
        return graph.concat(0, labelled, last);
    }

    /** The array that the graph uses for a parameter. */
    INDArray array(String parameter) {
        return graph.getVariable(parameter).getArr();
    }

    /** Of loss and answers as of gradients, the arrays are the caller's to close. */
    OutAndGrad gradients(MultiDataSet episodes, Collection<String> parameters) {
        return graph.calculateGradientsAndOutputs(
                Map.of(
                        DRAWINGS, episodes.getFeatures(0),
                        SHOWN, episodes.getFeatures(1),
                        ASKED, episodes.getLabels(0)),
                List.of(LOSS, ANSWER),
                parameters);
    }

    static INDArray loss(OutAndGrad result) {
        return result.getOutputs().get(LOSS);
    }

    static INDArray answer(OutAndGrad result) {
        return result.getOutputs().get(ANSWER);
    }

    /** The probabilities of the classes, [B, N]; the caller closes them. */
    INDArray answer(MultiDataSet episodes) {
        return graph.output(Map.of(DRAWINGS, episodes.getFeatures(0), SHOWN, episodes.getFeatures(1)), ANSWER)
                .get(ANSWER);
    }
}
