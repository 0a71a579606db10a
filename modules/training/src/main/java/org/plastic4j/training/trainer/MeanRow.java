package org.plastic4j.training.trainer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.plastic4j.training.checkpoint.Checkpoint;

/** The means of the steps since the last row: primary metric, loss, and then the others. */
final class MeanRow {
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private int count;
    private long after;

    void add(String main, StepResult result) {
        sums.merge(main, result.measures().get(main), Double::sum);
        sums.merge("loss", result.loss(), Double::sum);
        result.measures().forEach((name, value) -> {
            if (!name.equals(main)) {
                sums.merge(name, value, Double::sum);
            }
        });
        count++;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** How many lifetimes the row before this one is at. */
    long after() {
        return after;
    }

    /** The row, which is at so many lifetimes; a new one begins. */
    Map<String, Double> take(long lifetimes) {
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> means.put(name, sum / count));
        sums.clear();
        count = 0;
        after = lifetimes;
        return means;
    }

    Checkpoint.PendingRow state() {
        return new Checkpoint.PendingRow(after, count, new LinkedHashMap<>(sums));
    }

    void restore(Checkpoint.PendingRow state) {
        after = state.after();
        count = state.updates();
        sums.clear();
        sums.putAll(state.sums());
    }
}
