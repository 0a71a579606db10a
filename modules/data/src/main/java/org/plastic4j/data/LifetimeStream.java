package org.plastic4j.data;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * An endless stream of batches of lifetimes. Lifetime k is a function of the seed and k alone, whatever the batch size
 * and whatever was drawn before: the position is all there is to remember of a stream.
 */
public abstract class LifetimeStream implements MultiDataSetIterator {
    private static final long serialVersionUID = 1;
    /** The golden ratio's bits, by which SplitMix spreads consecutive numbers. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** Of all lifetimes. */
    private final long seed;
    /** B. */
    private final int batch;
    /** How many lifetimes have been drawn. */
    private long position;

    private transient MultiDataSetPreProcessor preProcessor;

    /**
     * A stream at its beginning.
     *
     * @param seed the stream's own seed
     * @param batch lifetimes in a batch, at least 1
     */
    protected LifetimeStream(long seed, int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException("LifetimeStream: expected a batch of at least 1, found " + batch + ".");
        }
        this.seed = seed;
        this.batch = batch;
    }

    /**
     * The lifetimes {@code first .. first + count - 1} as one batch.
     *
     * @param first the first lifetime's number, from 0
     * @param count how many
     * @return inputs and targets, as the stream says
     */
    protected abstract MultiDataSet lifetimes(long first, int count);

    /**
     * {@return the source of all that is random in lifetime k}
     *
     * @param lifetime its number, from 0
     */
    protected final RandomGenerator randomOf(long lifetime) {
        // The generator mixes its seed well, so distinct seeds are all it needs.
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed ^ (lifetime + 1) * GOLDEN);
    }

    /** {@return how many lifetimes have been drawn} */
    public final long position() {
        return position;
    }

    /**
     * Goes on from another lifetime.
     *
     * @param lifetime at least 0
     */
    public final void moveTo(long lifetime) {
        if (lifetime < 0) {
            throw new IllegalArgumentException(
                    "LifetimeStream: expected a position of at least 0, found " + lifetime + ".");
        }
        position = lifetime;
    }

    @Override
    public final MultiDataSet next() {
        return next(batch);
    }

    @Override
    public final MultiDataSet next(int count) {
        MultiDataSet lifetimes = lifetimes(position, count);
        position += count;
        if (preProcessor != null) {
            preProcessor.preProcess(lifetimes);
        }
        return lifetimes;
    }

    @Override
    public final boolean hasNext() {
        return true;
    }

    @Override
    public final void reset() {
        position = 0;
    }

    @Override
    public final boolean resetSupported() {
        return true;
    }

    @Override
    public final boolean asyncSupported() {
        return true;
    }

    @Override
    public final void setPreProcessor(MultiDataSetPreProcessor preProcessor) {
        this.preProcessor = preProcessor;
    }

    @Override
    public final MultiDataSetPreProcessor getPreProcessor() {
        return preProcessor;
    }
}
