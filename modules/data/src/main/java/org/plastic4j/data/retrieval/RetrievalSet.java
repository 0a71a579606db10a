package org.plastic4j.data.retrieval;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Sequences of the task, no two alike, such as those that a network is trained on.
 *
 * @param task what they are sequences of
 * @param sequences the sequences, as in {@code c9k8j3??c}
 */
public record RetrievalSet(RetrievalTask task, List<String> sequences) {
    /** The share of all possible sequences that may be drawn: a new one is then soon found. */
    private static final double MOST = 0.5;

    /**
     * Copies the list, which may not be empty.
     *
     * @param task what they are sequences of
     * @param sequences the sequences, as in {@code c9k8j3??c}
     */
    public RetrievalSet {
        sequences = List.copyOf(sequences);
        if (sequences.isEmpty()) {
            throw new IllegalArgumentException("RetrievalSet: expected at least 1 sequence, found 0.");
        }
    }

    /**
     * The most sequences of a task that several sets may have together.
     *
     * @param task the task
     * @return half of those that there are
     */
    public static long most(RetrievalTask task) {
        return (long) (MOST * task.possible());
    }

    /**
     * Draws a set. The same arguments give the same one.
     *
     * @param task what to draw sequences of
     * @param count how many, at least 1
     * @param seed where they come from
     * @param others sets whose sequences the new one has none of
     * @return the set
     */
    public static RetrievalSet draw(RetrievalTask task, int count, long seed, RetrievalSet... others) {
        Set<String> taken = new HashSet<>();
        for (RetrievalSet other : others) {
            taken.addAll(other.sequences);
        }
        if ((long) taken.size() + count > most(task)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "RetrievalSet: expected at most %d sequences of %d pairs in all sets, found %d.",
                    most(task),
                    task.pairs(),
                    (long) taken.size() + count));
        }
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<String> drawn = new ArrayList<>(count);
        while (drawn.size() < count) {
            String sequence = task.draw(random);
            if (taken.add(sequence)) {
                drawn.add(sequence);
            }
        }
        return new RetrievalSet(task, drawn);
    }
}
