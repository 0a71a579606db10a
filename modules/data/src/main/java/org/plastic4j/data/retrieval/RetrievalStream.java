package org.plastic4j.data.retrieval;

import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.plastic4j.data.LifetimeStream;

/**
 * A stream of sequences of a set, from the first to the last and again, as one-hot vectors ({@link RetrievalTask#SYMBOLS}).
 * Features: the sequences, [T, B, 37]. Labels: their answers, [B, 37].
 *
 * <p>A stream for training shows the set in a new random order every time. Its batches have as many sequences of another set
 * besides, in that set's order, as second features and labels: those that the network of this update is measured on. What it
 * is measured on then depends on the position alone, as what it is trained on does.
 */
public final class RetrievalStream extends LifetimeStream {
    private static final long serialVersionUID = 1;

    private final transient RetrievalSet set;
    private final transient Optional<RetrievalSet> measured;
    private transient int[] order;
    private transient long pass = -1;

    private RetrievalStream(RetrievalSet set, Optional<RetrievalSet> measured, long seed, int batch) {
        super(seed, batch);
        this.set = Objects.requireNonNull(set, "set");
        this.measured = measured;
    }

    /**
     * A stream to train on.
     *
     * @param set what is trained on
     * @param measured what networks are measured on meanwhile; of the same task
     * @param seed where the orders come from
     * @param batch sequences in a batch, of either set
     * @return the stream at its beginning
     */
    public static RetrievalStream training(RetrievalSet set, RetrievalSet measured, long seed, int batch) {
        if (!measured.task().equals(set.task())) {
            throw new IllegalArgumentException("RetrievalStream: expected two sets of one task, found " + set.task()
                    + " and " + measured.task() + ".");
        }
        return new RetrievalStream(set, Optional.of(measured), seed, batch);
    }

    /**
     * A stream of a set in its own order.
     *
     * @param set the set
     * @param batch sequences in a batch
     * @return the stream at its beginning
     */
    public static RetrievalStream inOrder(RetrievalSet set, int batch) {
        return new RetrievalStream(set, Optional.empty(), 0, batch);
    }

    @Override
    protected MultiDataSet lifetimes(long first, int count) {
        String[] sequences = new String[count];
        for (int b = 0; b < count; b++) {
            sequences[b] = set.sequences().get(index(first + b));
        }
        MultiDataSet batch = set.task().oneHot(sequences);
        if (measured.isEmpty()) {
            return batch;
        }
        MultiDataSet beside = inOrder(measured.get(), count).lifetimes(first, count);
        return new MultiDataSet(
                new INDArray[] {batch.getFeatures(0), beside.getFeatures(0)},
                new INDArray[] {batch.getLabels(0), beside.getLabels(0)});
    }

    private int index(long lifetime) {
        int size = set.sequences().size();
        int at = (int) (lifetime % size);
        return measured.isEmpty() ? at : order(lifetime / size)[at];
    }

    /** The order of the set in its pass number so many (Fisher and Yates). */
    private int[] order(long wanted) {
        if (pass != wanted) {
            RandomGenerator random = randomOf(wanted);
            order = new int[set.sequences().size()];
            for (int k = 0; k < order.length; k++) {
                int other = random.nextInt(k + 1);
                order[k] = order[other];
                order[other] = k;
            }
            pass = wanted;
        }
        return order;
    }
}
