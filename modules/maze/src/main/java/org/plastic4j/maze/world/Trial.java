package org.plastic4j.maze.world;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** How the signals of a trial of {@link Cues} follow each other. */
public sealed interface Trial {
    /** What there is to see in a step. */
    enum Signal {
        /** The trial's first cue. */
        FIRST,
        /** Its second cue. */
        SECOND,
        /** The answer is due. */
        GO,
        /** Nothing. */
        SILENCE
    }

    /**
     * @param random where the lengths and the order come from
     * @return the signals of one trial, a step each: both cues, then go, with silence among them
     */
    List<Signal> signals(RandomGenerator random);

    /** @return how many steps a trial has at most up to its go signal, that one included */
    int longestAnswer();

    /**
     * The first cue, the second and go, with silence after each for a random number of steps.
     *
     * @param least the fewest of those steps, at least 1
     * @param most the most of them
     */
    record Pauses(int least, int most) implements Trial {
        /**
         * Checks the lengths.
         *
         * @throws IllegalArgumentException if they are not in order
         */
        public Pauses {
            if (least < 1 || most < least) {
                throw new IllegalArgumentException(
                        "Cues: expected pauses of at least 1 step, the longest not below the shortest, found " + least
                                + " to " + most + ".");
            }
        }

        @Override
        public List<Signal> signals(RandomGenerator random) {
            List<Signal> signals = new ArrayList<>();
            for (Signal signal : List.of(Signal.FIRST, Signal.SECOND, Signal.GO)) {
                signals.add(signal);
                signals.addAll(Collections.nCopies(random.nextInt(least, most + 1), Signal.SILENCE));
            }
            return signals;
        }

        @Override
        public int longestAnswer() {
            return List.of(Signal.FIRST, Signal.SECOND, Signal.GO).size() + 2 * most;
        }
    }

    /**
     * As in the released code of Backpropamine: a step of silence; then both cues and a random number of steps of silence, in
     * random order; then go; then a step of silence.
     *
     * @param mostSilence the most steps of silence among the cues; the fewest are 0
     */
    record Shuffled(int mostSilence) implements Trial {
        /**
         * Checks the length.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Shuffled {
            if (mostSilence < 0) {
                throw new IllegalArgumentException(
                        "Cues: expected at least 0 steps of silence among the cues, found " + mostSilence + ".");
            }
        }

        @Override
        public List<Signal> signals(RandomGenerator random) {
            List<Signal> cues = new ArrayList<>(List.of(Signal.FIRST, Signal.SECOND));
            cues.addAll(Collections.nCopies(random.nextInt(mostSilence + 1), Signal.SILENCE));
            Collections.shuffle(cues, new Random(random.nextLong()));
            List<Signal> signals = new ArrayList<>(List.of(Signal.SILENCE));
            signals.addAll(cues);
            signals.addAll(List.of(Signal.GO, Signal.SILENCE));
            return signals;
        }

        @Override
        public int longestAnswer() {
            return List.of(Signal.SILENCE, Signal.FIRST, Signal.SECOND, Signal.GO)
                            .size()
                    + mostSilence;
        }
    }
}
