package org.plastic4j.associativeretrieval;

import java.util.LinkedHashMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.training.classification.Answers;
import org.plastic4j.training.trainer.StepResult;
import org.plastic4j.training.trainer.Trainable;

/**
 * A recurrent network that reads a sequence and then answers one of the symbols, by a softmax readout of its last step. The loss
 * is the cross-entropy, in the mean over the batch.
 */
sealed interface RetrievalNetwork extends Trainable permits GraphNetwork, LoopNetwork, RetrievalLstm {
    /** The primary metric. */
    String ACCURACY = "accuracy";
    /** Weights of the readout, [n, m]. */
    String READOUT = "readout";
    /** Its biases, [m]. */
    String READOUT_BIAS = "readout_bias";

    /**
     * The probabilities of the answers.
     *
     * @param input [T, B, m]
     * @return [B, m]; the caller closes both
     */
    INDArray probabilities(INDArray input);

    /**
     * Runs sequences forward and backward.
     *
     * @param input [T, B, m]
     * @param target [B, m]
     * @return the loss; the gradients are then in {@link #gradients}
     */
    double backward(INDArray input, INDArray target);

    /** The gradients of the last {@link #backward}, by the parameters' names. */
    LinkedHashMap<String, INDArray> gradients();

    /**
     * Trains on the first sequences of a batch, and measures the network as it is before that on the others, which it is never
     * trained on.
     */
    @Override
    default StepResult step(MultiDataSet sequences) {
        LinkedHashMap<String, Double> measures = evaluate(sequences);
        double loss = backward(sequences.getFeatures(0), sequences.getLabels(0));
        return new StepResult(loss, gradients(), measures);
    }

    /** Measures on the last sequences of a batch. */
    @Override
    default LinkedHashMap<String, Double> evaluate(MultiDataSet sequences) {
        int last = sequences.getFeatures().length - 1;
        LinkedHashMap<String, Double> measures = new LinkedHashMap<>();
        try (INDArray answer = probabilities(sequences.getFeatures(last))) {
            measures.put(ACCURACY, Answers.accuracy(answer, sequences.getLabels(last)));
        }
        return measures;
    }

    /** How many values are trained. */
    default long parameterCount() {
        return parameters().values().stream().mapToLong(INDArray::length).sum();
    }
}
