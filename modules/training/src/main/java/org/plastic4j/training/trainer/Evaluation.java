package org.plastic4j.training.trainer;

import java.util.Locale;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.data.LifetimeStream;
import org.plastic4j.training.RunFailure;

/** A network's primary metric on lifetimes, one at a time, without any learning by gradients. */
public final class Evaluation {
    private Evaluation() {}

    /**
     * @param network built for a batch of one
     * @param lifetimes where they come from, one at a time
     * @param count how many
     * @param measure the name of the measure
     * @param interrupt ends it early
     * @return the measure of each; fewer if it was interrupted
     * @throws RunFailure if one is not finite
     */
    public static double[] run(
            Trainable network, LifetimeStream lifetimes, int count, String measure, Interrupt interrupt) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            if (interrupt.requested()) {
                return java.util.Arrays.copyOf(values, i);
            }
            MultiDataSet lifetime = lifetimes.next();
            try {
                values[i] = network.evaluate(lifetime).get(measure);
            } finally {
                Stream.of(lifetime.getFeatures(), lifetime.getLabels())
                        .flatMap(Stream::of)
                        .forEach(INDArray::close);
            }
            if (!Double.isFinite(values[i])) {
                throw new RunFailure(
                        String.format(Locale.ROOT, "held-out lifetime %d: the %s is %s", i, measure, values[i]));
            }
        }
        return values;
    }
}
