package org.plastic4j.maze;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.plastic4j.maze.agent.ActorCritic;
import org.plastic4j.maze.agent.EpisodeStream;
import org.plastic4j.maze.world.CueEpisode;
import org.plastic4j.maze.world.Episode;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;

/** A few held-out episodes with cues: what was shown in each step, and whether the answers were right. */
final class CueFigures {
    private static final int EPISODES = 3;
    private static final int SILENCE = 0x808080;
    private static final int RIGHT = 0x1f6feb;
    private static final int WRONG = 0xe36209;
    /** Of the strip below the cues that says how answers were. */
    private static final int STRIP = 3;

    private CueFigures() {}

    /** What was seen and answered in one episode: a column for every step. */
    private static final class Witness {
        private final List<float[]> seen = new ArrayList<>();
        private final List<Integer> answers = new ArrayList<>();
        private double right;
        private double trials;

        void see(CueEpisode episode, int sights) {
            double correct = episode.tally().get("correct");
            double now = episode.tally().get("trials");
            if (now > trials) {
                boolean wasRight = Math.round(correct * now) > Math.round(right);
                answers.set(answers.size() - 1, wasRight ? RIGHT : WRONG);
                right = correct * now;
                trials = now;
            }
            float[] sight = new float[sights];
            episode.see(sight, 0);
            seen.add(sight);
            answers.add(SILENCE);
        }

        Figure figure(int number) {
            int sights = seen.get(0).length;
            // What is seen after the last step belongs to no step.
            int steps = seen.size() - 1;
            int[] rgb = new int[(sights + STRIP) * steps];
            for (int t = 0; t < steps; t++) {
                for (int k = 0; k < sights; k++) {
                    rgb[k * steps + t] = 0x010101 * Math.round(0x80 + 0x7f * seen.get(t)[k]);
                }
                for (int k = sights; k < sights + STRIP; k++) {
                    rgb[k * steps + t] = answers.get(t);
                }
            }
            return new Figure(
                    "Held-out episode " + number,
                    String.format(Locale.ROOT, "%.0f of %.0f answers were right.", (double) Math.round(right), trials),
                    List.of(new Picture(
                            "steps from left to right: the bits of the cues, go, and answers, blue where they were right"
                                    + " and orange where they were wrong",
                            sights + STRIP,
                            steps,
                            rgb)));
        }
    }

    static List<Figure> of(ActorCritic agent, EpisodeStream stream) {
        Witness[] witnesses = new Witness[EPISODES];
        Arrays.setAll(witnesses, k -> new Witness());
        List<Episode> episodes = agent.run(stream.next(), (number, episode) -> {
            if (number < EPISODES) {
                CueEpisode seen = (CueEpisode) episode;
                witnesses[number].see(seen, seen.sights());
            }
        });
        List<Figure> figures = new ArrayList<>();
        for (int k = 0; k < Math.min(EPISODES, episodes.size()); k++) {
            figures.add(witnesses[k].figure(k + 1));
        }
        return figures;
    }
}
