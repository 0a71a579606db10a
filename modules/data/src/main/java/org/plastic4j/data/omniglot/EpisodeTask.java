package org.plastic4j.data.omniglot;

/**
 * N-way K-shot classification as in Miconi, Clune and Stanley (ICML 2018), section 4.3: in an episode K drawings of each of
 * N characters are shown with their labels, in random order, and then another drawing of one of them without.
 *
 * @param ways N, the characters of an episode, at least 2
 * @param shots K, the labelled drawings of each, at least 1
 */
public record EpisodeTask(int ways, int shots) {
    /**
     * Checks the sizes.
     *
     * @param ways N, the characters of an episode, at least 2
     * @param shots K, the labelled drawings of each, at least 1
     */
    public EpisodeTask {
        if (ways < 2 || shots < 1) {
            throw new IllegalArgumentException(
                    "EpisodeTask: expected at least 2 ways and 1 shot, found " + ways + " and " + shots + ".");
        }
    }

    /** {@return how many drawings are shown with their labels} */
    public int labelled() {
        return Math.multiplyExact(ways, shots);
    }

    /** {@return the length of an episode in steps, T} */
    public int steps() {
        return labelled() + 1;
    }
}
