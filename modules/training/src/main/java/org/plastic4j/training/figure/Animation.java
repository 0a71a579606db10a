package org.plastic4j.training.figure;

import java.util.List;
import java.util.Locale;

/**
 * Pictures one after the other, again and again.
 *
 * @param label what they show, as in "one episode"
 * @param frames the pictures, all of one size; their labels are shown beside them, and one with an exclamation mark in it is marked
 * @param millis how long each is shown, at least 20
 */
public record Animation(String label, List<Picture> frames, int millis) {
    private static final int SHORTEST = 20;

    /** Checks the frames. */
    public Animation {
        frames = List.copyOf(frames);
        if (frames.isEmpty() || millis < SHORTEST) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "animation '%s': expected at least one frame, each for at least %d ms, found %d for %d ms",
                    label,
                    SHORTEST,
                    frames.size(),
                    millis));
        }
        Picture first = frames.get(0);
        for (Picture frame : frames) {
            if (frame.rows() != first.rows() || frame.columns() != first.columns()) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "animation '%s': expected frames of %d x %d, found one of %d x %d",
                        label,
                        first.rows(),
                        first.columns(),
                        frame.rows(),
                        frame.columns()));
            }
        }
    }
}
