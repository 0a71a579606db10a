package org.plastic4j.maze;

import java.util.Locale;
import java.util.Optional;
import org.plastic4j.maze.world.Cell;
import org.plastic4j.maze.world.Cues;
import org.plastic4j.maze.world.Layout;
import org.plastic4j.maze.world.Maze;
import org.plastic4j.maze.world.Trial;
import org.plastic4j.maze.world.World;
import org.plastic4j.training.config.InvalidSetting;
import org.plastic4j.training.config.Require;

/**
 * The worlds, and which of them agents act in.
 *
 * @param world which one
 * @param steps how long an episode is
 * @param maze the maze
 * @param cues the cue-reward task
 */
record TaskSettings(Kind world, int steps, MazeSettings maze, CueSettings cues) {
    /** The kinds of worlds. */
    enum Kind {
        MAZE,
        CUE_REWARD
    }

    TaskSettings {
        Require.positive("steps", steps);
        int least = world == Kind.CUE_REWARD ? cues.chosen().longestAnswer() : 1;
        Require.that(
                "steps",
                steps,
                steps >= least,
                String.format(Locale.ROOT, "at least %d, so that there is an answer in every episode", least));
    }

    /** The world that was chosen. */
    World chosen() {
        return switch (world) {
            case MAZE -> maze.maze(steps);
            case CUE_REWARD -> cues.cues(steps);
        };
    }

    /** The maze, as in {@link Maze}. */
    record MazeSettings(
            int size,
            boolean pillars,
            double reward,
            double wallPenalty,
            Maze.Start start,
            Maze.Teleport teleport,
            Optional<Cell> rewardAt) {
        private static final int LARGEST = 1001;

        MazeSettings {
            Require.that(
                    "size",
                    size,
                    size > 0 && size % 2 == 1 && size <= LARGEST,
                    "an odd number of rows and columns, outer walls included, of at most " + LARGEST);
            Layout layout = new Layout(size, pillars);
            if (layout.free().size() < 2) {
                throw new InvalidSetting(
                        "size",
                        "at least 2 free cells, one for the agent and one for the reward",
                        String.format(
                                Locale.ROOT,
                                "%d in a maze of size %d",
                                layout.free().size(),
                                size));
            }
            Require.finite("reward", reward);
            Require.notNegative("wallPenalty", wallPenalty);
            rewardAt.ifPresent(cell -> requireFree(layout, cell, start));
        }

        private static void requireFree(Layout layout, Cell cell, Maze.Start start) {
            String found = null;
            if (!layout.contains(cell)) {
                found = "nothing";
            } else if (layout.isWall(cell)) {
                found = "a wall";
            } else if (start == Maze.Start.CENTRE && cell.equals(layout.centre())) {
                found = "the start";
            }
            if (found != null) {
                throw new InvalidSetting(
                        "rewardAt",
                        "a free cell that is not the start",
                        String.format(Locale.ROOT, "%s at row %d, column %d", found, cell.row(), cell.column()));
            }
        }

        Maze maze(int steps) {
            return new Maze(new Layout(size, pillars), steps, reward, wallPenalty, start, teleport, rewardAt);
        }
    }

    /**
     * The cue-reward task, as in {@link Cues}.
     *
     * @param trial how the signals of a trial follow each other
     * @param leastPause of trials with pauses
     * @param mostPause of trials with pauses
     * @param mostSilence of shuffled trials
     */
    record CueSettings(
            int cues, int bits, TrialKind trial, int leastPause, int mostPause, int mostSilence, double reward) {
        private static final int MOST = 1000;

        /** The kinds of {@link Trial}. */
        enum TrialKind {
            PAUSES,
            SHUFFLED
        }

        CueSettings {
            Require.between("cues", cues, 2, MOST);
            Require.between("bits", bits, 1, MOST);
            Require.that(
                    "bits",
                    bits,
                    Cues.areEnoughBits(bits, cues),
                    String.format(Locale.ROOT, "enough for %d different cues", cues));
            Require.between("mostPause", mostPause, 1, MOST);
            Require.between("leastPause", leastPause, 1, mostPause);
            Require.between("mostSilence", mostSilence, 0, MOST);
            Require.finite("reward", reward);
        }

        Trial chosen() {
            return switch (trial) {
                case PAUSES -> new Trial.Pauses(leastPause, mostPause);
                case SHUFFLED -> new Trial.Shuffled(mostSilence);
            };
        }

        Cues cues(int steps) {
            return new Cues(steps, cues, bits, chosen(), reward);
        }
    }
}
