package org.plastic4j.maze.world;

import java.util.random.RandomGenerator;

/**
 * The cue-reward task: of a few cues, which are drawn anew for every episode, one is the target; which one, only rewards
 * tell. In every {@link Trial} two different cues are shown one after the other, then a go signal. Who then answers 1 where
 * the target was among them, and 0 where it was not, is rewarded, and else punished; actions in all other steps are without
 * effect.
 *
 * <p>After the first task of Miconi, Rawal, Clune and Stanley, <a
 * href="https://arxiv.org/abs/2002.10585">Backpropamine</a> (ICLR 2019). What there is to see are the bits of the cue, 1
 * or -1, 0 in silence, and 1 for go.
 *
 * @param steps how many steps an episode has, T
 * @param cues how many cues there are, at least 2
 * @param bits how many bits a cue has; enough for the cues to be different
 * @param trial how the signals of a trial follow each other
 * @param reward what a right answer is worth and a wrong one costs
 */
public record Cues(int steps, int cues, int bits, Trial trial, double reward) implements World {
    /** The largest numbers of bits whose patterns an int can count. */
    private static final int MANY_BITS = 30;

    /**
     * Checks that there can be episodes.
     *
     * @throws IllegalArgumentException if cues, trial or steps do not go together
     */
    public Cues {
        if (cues < 2) {
            throw new IllegalArgumentException("Cues: expected at least 2 cues, found " + cues + ".");
        }
        if (!areEnoughBits(bits, cues)) {
            throw new IllegalArgumentException(
                    "Cues: expected enough bits for " + cues + " different cues, found " + bits + ".");
        }
        if (steps < trial.longestAnswer()) {
            throw new IllegalArgumentException("Cues: expected at least " + trial.longestAnswer()
                    + " steps, so that there is an answer in every episode, found " + steps + ".");
        }
    }

    /**
     * @param bits of a cue
     * @param cues how many
     * @return whether they can all be different
     */
    public static boolean areEnoughBits(int bits, int cues) {
        return bits > 0 && (bits > MANY_BITS || 1 << bits >= cues);
    }

    @Override
    public int sights() {
        return bits + 1;
    }

    @Override
    public int actions() {
        return 2;
    }

    @Override
    public CueEpisode begin(RandomGenerator random) {
        return new CueEpisode(this, random);
    }
}
