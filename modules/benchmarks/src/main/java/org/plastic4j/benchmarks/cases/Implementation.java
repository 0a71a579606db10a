package org.plastic4j.benchmarks.cases;

import java.util.Map;
import java.util.function.LongSupplier;

/** One of those that are compared, with its inputs resident in its own memory. */
public interface Implementation extends AutoCloseable {
    /** @return what it is called in sentences */
    String name();

    /** @return how many lifetimes {@link #run} computes */
    int lifetimes();

    /** Lives lifetimes forward and backward, to the gradients of all parameters, and frees all that this took. */
    void run();

    /**
     * Runs once, and says how long that took.
     *
     * @param nanos a clock, in nanoseconds
     * @return nanoseconds
     */
    default long time(LongSupplier nanos) {
        long start = nanos.getAsLong();
        run();
        return nanos.getAsLong() - start;
    }

    /** @return of all lifetimes of the case: y, hebb, and grad_NAME of every parameter that acts in the rule */
    Map<String, HostTensor> results();

    @Override
    void close();
}
