package org.plastic4j.data.patterns;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.data.LifetimeStream;

/**
 * A stream of pattern-completion lifetimes. Features: what is shown, [T, B, bits], -1, 1, or 0 for nothing. Labels: the
 * whole of the pattern that was shown last, [B, bits].
 */
public final class PatternStream extends LifetimeStream {
    private static final long serialVersionUID = 1;

    private final transient PatternTask task;

    /**
     * A stream of such lifetimes in batches.
     *
     * @param task what a lifetime is
     * @param seed of the random numbers
     * @param batch B, lifetimes of a batch
     */
    public PatternStream(PatternTask task, long seed, int batch) {
        super(seed, batch);
        this.task = Objects.requireNonNull(task, "task");
    }

    @Override
    protected MultiDataSet lifetimes(long first, int count) {
        int bits = task.bits();
        float[] inputs = new float[Math.multiplyExact(Math.multiplyExact(task.steps(), count), bits)];
        float[] targets = new float[count * bits];
        for (int b = 0; b < count; b++) {
            new PatternLifetime(task, randomOf(first + b)).write(inputs, b * bits, count * bits, targets, b * bits);
        }
        INDArray shown = Nd4j.createFromArray(inputs).reshape('c', task.steps(), count, bits);
        INDArray asked = Nd4j.createFromArray(targets).reshape('c', count, bits);
        return new MultiDataSet(shown, asked);
    }
}
