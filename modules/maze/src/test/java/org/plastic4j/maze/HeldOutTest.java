package org.plastic4j.maze;

import java.util.Arrays;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.maze.world.MazeEpisode;
import org.plastic4j.testing.Configs;
import org.plastic4j.testing.HeldOutContract;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;

/** By the seeds that the episodes' worlds and their agents' choices are drawn from. */
class HeldOutTest extends HeldOutContract<Config> {
    // Large, and with a random start: no two episodes begin alike by chance.
    private static final String[] SETTINGS = {"task.maze.size=21", "task.maze.start=random"};

    HeldOutTest() {
        super(MazeExperiment::new, SETTINGS);
    }

    @Override
    protected Set<?> contents(MultiDataSet lifetimes) {
        return Arrays.stream(lifetimes.getFeatures(0).data().asLong()).boxed().collect(Collectors.toSet());
    }

    @Override
    protected boolean shows(Figure figure, MultiDataSet lifetime) {
        long seed = lifetime.getFeatures(0).getLong(0);
        MazeEpisode episode = (MazeEpisode) Configs.load(new MazeExperiment(), "regression", SETTINGS)
                .task()
                .chosen()
                .begin(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
        MazePainter painter = new MazePainter(episode.layout());
        painter.visit(episode.agent());
        Picture beginning = painter.frame(episode.agent(), episode.reward(), "step 0");
        // The other agent begins in the same place.
        return Arrays.equals(
                figure.animation().orElseThrow().frames().get(0).rgb(),
                beginning.beside(beginning, "both").rgb());
    }
}
