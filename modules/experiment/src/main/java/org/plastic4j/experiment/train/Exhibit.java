package org.plastic4j.experiment.train;

import java.util.List;

/**
 * Something that a trained network did, in pictures: what it saw, what it answered, what it should have answered.
 *
 * @param title which lifetime or episode it is
 * @param caption what happened, in one sentence
 * @param pictures side by side
 */
public record Exhibit(String title, String caption, List<Picture> pictures) {
    /** Copies the list. */
    public Exhibit {
        pictures = List.copyOf(pictures);
    }
}
