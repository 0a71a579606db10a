package org.plastic4j.maze.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.data.LifetimeStream;

/**
 * A stream of episodes that have yet to be run. What is random in an episode is a function of the stream's seed and the
 * episode's number alone. Features: for each episode the seed of its world and that of its agent's choices, [B, 2], of type
 * INT64. There are no labels.
 */
public final class EpisodeStream extends LifetimeStream {
    private static final long serialVersionUID = 1;
    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");

    /**
     * @param seed the stream's own seed
     * @param batch episodes in a batch, at least 1
     */
    public EpisodeStream(long seed, int batch) {
        super(seed, batch);
    }

    @Override
    protected MultiDataSet lifetimes(long first, int count) {
        long[] seeds = new long[2 * count];
        for (int b = 0; b < count; b++) {
            RandomGenerator random = randomOf(first + b);
            seeds[2 * b] = random.nextLong();
            seeds[2 * b + 1] = random.nextLong();
        }
        INDArray features = Nd4j.createFromArray(seeds).reshape('c', count, 2);
        return new MultiDataSet(new INDArray[] {features}, new INDArray[0]);
    }

    /** A batch of such episodes: what is random in their worlds, and in what is done there. */
    record Chances(List<RandomGenerator> worlds, List<RandomGenerator> choices) {
        static Chances of(org.nd4j.linalg.dataset.api.MultiDataSet episodes) {
            long[] seeds = episodes.getFeatures(0).data().asLong();
            List<RandomGenerator> worlds = new ArrayList<>();
            List<RandomGenerator> choices = new ArrayList<>();
            for (int b = 0; 2 * b < seeds.length; b++) {
                worlds.add(GENERATORS.create(seeds[2 * b]));
                choices.add(GENERATORS.create(seeds[2 * b + 1]));
            }
            return new Chances(worlds, choices);
        }
    }
}
