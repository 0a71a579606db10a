package org.plastic4j.maze;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.plastic4j.maze.agent.ActorCritic;
import org.plastic4j.maze.agent.EpisodeStream;
import org.plastic4j.maze.world.Episode;
import org.plastic4j.maze.world.MazeEpisode;
import org.plastic4j.training.figure.Animation;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;

/**
 * A few held-out episodes in a maze: an animation, the visits, and the end in letters. Beside a plastic agent acts the same one
 * without its plasticity.
 */
final class MazeFigures {
    private static final int EPISODES = 3;
    private static final int FRAME_MILLIS = 120;
    private static final String AGENT = "agent blue, reward (which it cannot see) orange, visited cells darker";

    private MazeFigures() {}

    /** What happened in one episode. */
    private static final class Witness {
        private final MazePainter painter;
        private final List<Picture> frames = new ArrayList<>();
        private final List<Double> found = new ArrayList<>();

        Witness(MazePainter painter) {
            this.painter = painter;
        }

        void see(MazeEpisode episode) {
            painter.visit(episode.agent());
            frames.add(painter.frame(episode.agent(), episode.reward(), ""));
            found.add(episode.tally().get("found"));
        }

        /** Without an exclamation mark, which marks a frame. */
        String score(int step) {
            return "reward found " + times(found.get(step));
        }

        String now(int step) {
            return step > 0 && found.get(step) > found.get(step - 1) ? ": now!" : "";
        }

        String sentence(MazeEpisode episode) {
            String end = String.format(
                    Locale.ROOT,
                    "walked against a wall %s",
                    times(episode.tally().get("bumps")));
            int steps = frames.size() - 1;
            long before = found.stream().filter(count -> count == 0).count();
            return before > steps
                    ? String.format(Locale.ROOT, "The agent did not find the reward in %d steps; it %s.", steps, end)
                    : String.format(
                            Locale.ROOT,
                            "The agent found the reward %s in %d steps, first in step %d, and %s.",
                            times(found.get(steps)),
                            steps,
                            before,
                            end);
        }

        private static String times(double count) {
            return count == 1 ? "once" : String.format(Locale.ROOT, "%.0f times", count);
        }
    }

    /** The first episodes of a stream and what was seen of them. */
    private record Acted(Witness[] witnesses, List<Episode> episodes) {
        static Acted of(ActorCritic agent, EpisodeStream stream) {
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
            return new Acted(witnesses, episodes);
        }

        MazeEpisode episode(int k) {
            return (MazeEpisode) episodes.get(k);
        }
    }

    /**
     * @param agent acts
     * @param without the same agent without plasticity; empty where it has none
     * @param streams gives the episodes, the same every time
     */
    static List<Figure> of(ActorCritic agent, Optional<ActorCritic> without, Supplier<EpisodeStream> streams) {
        Acted acted = Acted.of(agent, streams.get());
        Optional<Acted> beside = without.map(other -> Acted.of(other, streams.get()));
        return IntStream.range(0, Math.min(EPISODES, acted.episodes().size()))
                .mapToObj(k -> figure(acted, beside, k))
                .toList();
    }

    private static Figure figure(Acted acted, Optional<Acted> beside, int k) {
        MazeEpisode episode = acted.episode(k);
        Witness witness = acted.witnesses()[k];
        Optional<Witness> other = beside.map(second -> second.witnesses()[k]);
        List<Picture> frames = IntStream.range(0, witness.frames.size())
                .mapToObj(step -> frame(witness, other, step))
                .toList();
        String caption = witness.sentence(episode)
                + other.map(second -> String.format(
                                Locale.ROOT,
                                " Without its plasticity (alpha = 0): %s.",
                                second.score(frames.size() - 1)))
                        .orElse("");
        return new Figure(
                "Held-out episode " + (k + 1),
                caption,
                List.of(witness.painter.visits(episode.reward())),
                Optional.empty(),
                Optional.of(new Animation(
                        other.isPresent()
                                ? "the episode, at the right by the same agent without its plasticity: " + AGENT
                                : "the episode: " + AGENT,
                        frames,
                        FRAME_MILLIS)),
                Optional.of(episode.text()));
    }

    private static Picture frame(Witness witness, Optional<Witness> other, int step) {
        Picture own = witness.frames.get(step);
        String label = String.format(Locale.ROOT, "step %d, %s", step, witness.score(step));
        return other.map(second -> own.beside(
                        second.frames.get(step),
                        String.format(
                                Locale.ROOT,
                                "%s; without plasticity, %s%s",
                                label,
                                second.score(step),
                                witness.now(step))))
                .orElseGet(() -> new Picture(label + witness.now(step), own.rows(), own.columns(), own.rgb()));
    }
}
