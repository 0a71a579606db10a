package org.plastic4j.omniglot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.data.omniglot.Characters;
import org.plastic4j.data.omniglot.EpisodeStream;
import org.plastic4j.data.omniglot.EpisodeTask;
import org.plastic4j.training.classification.Answers;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;

/** A few episodes with held-out characters: the drawings with their labels, the one asked for, and the answer. */
final class EpisodeFigures {
    private static final int EPISODES = 6;
    private static final int PIXELS = Characters.SIDE * Characters.SIDE;

    private EpisodeFigures() {}

    /**
     * @param task what an episode is
     * @param group how many episodes in a row share their labelled drawings; the first of each is shown
     * @param stream episodes with held-out characters; their arrays are closed
     * @param network from episodes to the probabilities of the classes, [B, N]
     */
    static List<Figure> of(
            EpisodeTask task, int group, EpisodeStream stream, Function<MultiDataSet, INDArray> network) {
        List<Figure> figures = new ArrayList<>();
        while (figures.size() < EPISODES) {
            MultiDataSet episodes = stream.next();
            try (INDArray drawings = episodes.getFeatures(0);
                    INDArray shown = episodes.getFeatures(1);
                    INDArray asked = episodes.getLabels(0);
                    INDArray answers = network.apply(episodes);
                    INDArray copy = answers.dup('c')) {
                Batch batch = new Batch(
                        task,
                        group,
                        (int) asked.size(0),
                        drawings.data().asFloat(),
                        shown.data().asFloat(),
                        asked.data().asFloat(),
                        copy.data().asFloat());
                for (int b = 0; b < batch.size && figures.size() < EPISODES; b += group) {
                    figures.add(batch.figure(figures.size() + 1, b));
                }
            }
        }
        return figures;
    }

    private record Batch(
            EpisodeTask task, int group, int size, float[] drawings, float[] shown, float[] asked, float[] answers) {
        Figure figure(int number, int b) {
            List<Picture> pictures = new ArrayList<>();
            // Class by class, in whatever order they were shown.
            for (int way = 0; way < task.ways(); way++) {
                for (int step = 0; step < task.labelled(); step++) {
                    if (shown[(step * size + b) * task.ways() + way] != 0) {
                        pictures.add(drawing(label(b, way), step * (size / group) + b / group));
                    }
                }
            }
            int right = Answers.largest(asked, b * task.ways(), task.ways());
            int answered = Answers.largest(answers, b * task.ways(), task.ways());
            pictures.add(drawing("asked", task.labelled() * (size / group) + b));
            String caption = String.format(
                    Locale.ROOT,
                    "The drawing asked for is of class %d; the network answers class %d, which is %s.",
                    right + 1,
                    answered + 1,
                    right == answered ? "right" : "wrong");
            return new Figure("Held-out episode " + number, caption, pictures);
        }

        private String label(int b, int way) {
            return String.format(Locale.ROOT, "class %d: %.1f%%", way + 1, 100 * answers[b * task.ways() + way]);
        }

        private Picture drawing(String label, int place) {
            return Picture.grey(
                    label, Characters.SIDE, Arrays.copyOfRange(drawings, place * PIXELS, (place + 1) * PIXELS), 1, 0);
        }
    }
}
