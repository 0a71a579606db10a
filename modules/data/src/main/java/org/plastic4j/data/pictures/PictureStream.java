package org.plastic4j.data.pictures;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.data.LifetimeStream;

/**
 * A stream of picture-completion lifetimes. Features: what is shown, [T, B, pixels], from -1 to 1, 0 for nothing (a
 * picture's own pixel is 0 only where it is exactly the picture's mean). Labels: the whole of the picture of which a
 * half was shown last, [B, pixels].
 */
public final class PictureStream extends LifetimeStream {
    private static final long serialVersionUID = 1;

    private final transient PictureTask task;
    private final transient Pictures pictures;

    /**
     * A stream of such lifetimes in batches.
     *
     * @param task the lifetimes
     * @param pictures where their pictures are from, each equally often
     * @param seed the stream's own seed
     * @param batch lifetimes in a batch, at least 1
     */
    public PictureStream(PictureTask task, Pictures pictures, long seed, int batch) {
        super(seed, batch);
        this.task = Objects.requireNonNull(task, "task");
        this.pictures = pictures;
        if (pictures.count() < task.pictures()) {
            throw new IllegalArgumentException("PictureStream: expected at least " + task.pictures()
                    + " pictures to draw from, found " + pictures.count() + ".");
        }
    }

    @Override
    protected MultiDataSet lifetimes(long first, int count) {
        int pixels = task.pixels();
        float[] inputs = new float[Math.multiplyExact(Math.multiplyExact(task.steps(), count), pixels)];
        float[] targets = new float[count * pixels];
        for (int b = 0; b < count; b++) {
            new PictureLifetime(task, pictures, randomOf(first + b))
                    .write(inputs, b * pixels, count * pixels, targets, b * pixels);
        }
        INDArray shown = Nd4j.createFromArray(inputs).reshape('c', task.steps(), count, pixels);
        INDArray asked = Nd4j.createFromArray(targets).reshape('c', count, pixels);
        return new MultiDataSet(shown, asked);
    }
}
