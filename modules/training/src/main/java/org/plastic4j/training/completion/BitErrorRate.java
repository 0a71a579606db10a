package org.plastic4j.training.completion;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The share of bits whose sign is not the one asked for. */
public final class BitErrorRate {
    private BitErrorRate() {}

    /** An answer of 0 is wrong. */
    static boolean isWrong(float answer, float asked) {
        // Not "<= 0": what is no number is wrong, too.
        return !(answer * asked > 0);
    }

    /**
     * Measures a batch.
     *
     * @param shown what was shown, [T, B, bits]; not looked at
     * @param answer what was answered, [B, bits]
     * @param asked what was asked for, [B, bits]
     * @return {@code error}, the share over the batch
     */
    public static LinkedHashMap<String, Double> measure(INDArray shown, INDArray answer, INDArray asked) {
        float[] answers = answer.dup('c').data().asFloat();
        float[] targets = asked.dup('c').data().asFloat();
        int wrong = 0;
        for (int k = 0; k < answers.length; k++) {
            wrong += isWrong(answers[k], targets[k]) ? 1 : 0;
        }
        return new LinkedHashMap<>(Map.of("error", (double) wrong / answers.length));
    }
}
