package org.plastic4j.training.figure;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something about a trained network in pictures: what it saw, what it answered, what it should have answered; or what is
 * in its parameters.
 *
 * @param title what is shown, as in which lifetime or episode it is
 * @param caption what happened, in one sentence
 * @param pictures side by side
 * @param scales for pictures in {@link SignedColors}, the number that has the strongest colour, one a picture; empty for
 *     pictures in greys
 * @param animation what moves, before the pictures; empty where nothing does
 * @param text the same in letters, for who cannot see pictures; empty where there is none
 */
public record Figure(
        String title,
        String caption,
        List<Picture> pictures,
        Optional<List<Double>> scales,
        Optional<Animation> animation,
        Optional<String> text) {
    /** Copies the lists. */
    public Figure {
        pictures = List.copyOf(pictures);
        scales = scales.map(List::copyOf);
        if (scales.isPresent() && scales.get().size() != pictures.size()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "figure '%s': expected a scale for each of %d pictures, found %d",
                    title,
                    pictures.size(),
                    scales.get().size()));
        }
    }

    /**
     * A figure in which nothing moves.
     *
     * @param title what is shown
     * @param caption what happened, in one sentence
     * @param pictures side by side
     * @param scales the numbers that have the strongest colours, if any
     */
    public Figure(String title, String caption, List<Picture> pictures, Optional<List<Double>> scales) {
        this(title, caption, pictures, scales, Optional.empty(), Optional.empty());
    }

    /**
     * A figure in greys.
     *
     * @param title what is shown
     * @param caption what happened, in one sentence
     * @param pictures side by side
     */
    public Figure(String title, String caption, List<Picture> pictures) {
        this(title, caption, pictures, Optional.empty());
    }
}
