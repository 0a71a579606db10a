package org.plastic4j.training.completion;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The share of bits whose sign is not that of the target. */
public final class BitErrorRate {
    private BitErrorRate() {}

    /** A prediction of 0 is wrong. */
    static boolean isWrong(float prediction, float target) {
        // Not "<= 0": what is no number is wrong, too.
        return !(prediction * target > 0);
    }

    /**
     * Measures a batch.
     *
     * @param input the input, [T, B, bits]; not looked at
     * @param prediction the prediction, [B, bits]
     * @param target the target, [B, bits]
     * @return {@code error}, the share over the batch
     */
    public static LinkedHashMap<String, Double> measure(INDArray input, INDArray prediction, INDArray target) {
        float[] predictions = prediction.dup('c').data().asFloat();
        float[] targets = target.dup('c').data().asFloat();
        int wrong = 0;
        for (int k = 0; k < predictions.length; k++) {
            wrong += isWrong(predictions[k], targets[k]) ? 1 : 0;
        }
        return new LinkedHashMap<>(Map.of("error", (double) wrong / predictions.length));
    }
}
