package org.plastic4j.training;

/**
 * Independent 64-bit seeds, one for each use of randomness, all derived from the run's one seed: drawing more numbers
 * for one use never changes what another sees.
 *
 * <p>The derivation is two rounds of the SplitMix64 finaliser (Steele, Lea and Flood, "Fast splittable pseudorandom
 * number generators", OOPSLA 2014): {@code mix(mix(run) + id * 0x9e3779b97f4a7c15)}. It is part of what a seed means:
 * changing it changes every published result.
 *
 * @param run the run's seed; any value, including zero and negative ones
 */
public record Seeds(long run) {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    /** What a stream of random numbers is for. The ids are fixed for good: never renumber or reuse one. */
    public enum Stream {
        /** The initial values of the parameters. */
        INITIALISATION(1),
        /** The lifetimes that the network is trained on. */
        DATA(2),
        /** What an environment does, such as where a maze puts its reward, and what actions are drawn. */
        ENVIRONMENT(3),
        /** The lifetimes that a network is evaluated on. */
        EVALUATION(4);

        private final long id;

        Stream(long id) {
            this.id = id;
        }
    }

    /**
     * The seed of one stream.
     *
     * @param stream what the random numbers are for
     * @return the same value for the same run seed and stream, on every platform and in every version
     */
    public long of(Stream stream) {
        return mix(mix(run) + stream.id * GOLDEN_GAMMA);
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
