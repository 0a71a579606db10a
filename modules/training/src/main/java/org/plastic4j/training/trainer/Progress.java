package org.plastic4j.training.trainer;

import java.util.function.Supplier;

/** Shows how far a run is. */
public interface Progress extends AutoCloseable {
    /**
     * Called after every update, so it has to be quick.
     *
     * @param lifetimes how many lifetimes were trained on so far
     * @param state the measures in words; asked for only when they are shown
     */
    void update(long lifetimes, Supplier<String> state);

    /** Called when the run has ended by itself, perhaps before all its lifetimes. */
    default void finished() {}

    @Override
    void close();

    /** @return one that shows nothing */
    static Progress none() {
        return new Progress() {
            @Override
            public void update(long lifetimes, Supplier<String> state) {}

            @Override
            public void close() {}
        };
    }
}
