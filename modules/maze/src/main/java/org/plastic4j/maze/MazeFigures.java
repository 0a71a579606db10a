package org.plastic4j.maze;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.plastic4j.maze.agent.ActorCritic;
import org.plastic4j.maze.agent.EpisodeStream;
import org.plastic4j.maze.world.Episode;
import org.plastic4j.maze.world.MazeEpisode;
import org.plastic4j.training.figure.Animation;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;

/** A few held-out episodes in a maze: an animation, the visits, and the end in letters. */
final class MazeFigures {
    private static final int EPISODES = 3;
    private static final int FRAME_MILLIS = 120;

    private MazeFigures() {}

    /** What happened in one episode. */
    private static final class Witness {
        private final MazePainter painter;
        private final List<Picture> frames = new ArrayList<>();
        private int firstFound = -1;
        private double found;

        Witness(MazePainter painter) {
            this.painter = painter;
        }

        void see(MazeEpisode episode) {
            int step = frames.size();
            painter.visit(episode.agent());
            double now = episode.tally().get("found");
            frames.add(painter.frame(
                    episode.agent(),
                    episode.reward(),
                    String.format(
                            Locale.ROOT, "step %d, reward found %s%s", step, times(now), now > found ? ": now!" : "")));
            found = now;
            if (firstFound < 0 && episode.tally().get("found") > 0) {
                firstFound = step;
            }
        }

        private static String times(double count) {
            return count == 1 ? "once" : String.format(Locale.ROOT, "%.0f times", count);
        }

        Figure figure(int number, MazeEpisode episode) {
            String end = String.format(
                    Locale.ROOT,
                    "walked against a wall %s",
                    times(episode.tally().get("bumps")));
            String caption = firstFound < 0
                    ? String.format(
                            Locale.ROOT,
                            "The agent did not find the reward in %d steps; it %s.",
                            frames.size() - 1,
                            end)
                    : String.format(
                            Locale.ROOT,
                            "The agent found the reward %s in %d steps, first in step %d, and %s.",
                            times(episode.tally().get("found")),
                            frames.size() - 1,
                            firstFound,
                            end);
            return new Figure(
                    "Held-out episode " + number,
                    caption,
                    List.of(painter.visits(episode.reward())),
                    Optional.empty(),
                    Optional.of(new Animation(
                            "the episode: agent blue, reward (which it cannot see) orange, visited cells darker",
                            frames,
                            FRAME_MILLIS)),
                    Optional.of(episode.text()));
        }
    }

    static List<Figure> of(ActorCritic agent, EpisodeStream stream) {
        Witness[] witnesses = new Witness[EPISODES];
        List<Episode> episodes = agent.run(stream.next(), (number, episode) -> {
            if (number < EPISODES) {
                MazeEpisode seen = (MazeEpisode) episode;
                if (witnesses[number] == null) {
                    witnesses[number] = new Witness(new MazePainter(seen.layout()));
                }
                witnesses[number].see(seen);
            }
        });
        return IntStream.range(0, Math.min(EPISODES, episodes.size()))
                .mapToObj(k -> witnesses[k].figure(k + 1, (MazeEpisode) episodes.get(k)))
                .toList();
    }
}
