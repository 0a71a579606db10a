package org.plastic4j.training.trainer;

import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.training.RunFailure;

/** Stops a run before a NaN or an infinity gets into its parameters. */
final class FiniteCheck {
    private FiniteCheck() {}

    static void check(long step, StepResult result) {
        if (!Double.isFinite(result.loss())) {
            throw new RunFailure(String.format(Locale.ROOT, "step %d: the loss is %s", step, result.loss()));
        }
        for (Map.Entry<String, INDArray> entry : result.gradients().entrySet()) {
            // One pass: a sum is finite only if all its terms are. An overflow of finite terms is told apart below.
            if (!Double.isFinite(entry.getValue().sumNumber().doubleValue()) && hasNonFinite(entry.getValue())) {
                throw notFinite(step, entry.getKey());
            }
        }
        result.squaredNorms().forEach((name, squares) -> {
            if (!Double.isFinite(squares)) {
                throw notFinite(step, name);
            }
        });
    }

    private static RunFailure notFinite(long step, String name) {
        return new RunFailure(
                String.format(Locale.ROOT, "step %d: the gradient of %s is not finite (NaN or infinity)", step, name));
    }

    private static boolean hasNonFinite(INDArray gradient) {
        // amax alone would not do: whether it passes over a NaN is not specified.
        return gradient.isNaN().any() || Double.isInfinite(gradient.amaxNumber().doubleValue());
    }
}
