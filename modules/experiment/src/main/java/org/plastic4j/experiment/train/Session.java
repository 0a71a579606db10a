package org.plastic4j.experiment.train;

import org.plastic4j.data.LifetimeStream;

/**
 * An experiment that is ready to be trained.
 *
 * @param title what is trained on what, as the picture's title
 * @param trainable the network and its loss; closed with the session
 * @param lifetimes the stream of batches, of the size that the settings say, at its beginning; the trainer closes the
 *     arrays of each
 */
public record Session(String title, Trainable trainable, LifetimeStream lifetimes) implements AutoCloseable {
    @Override
    public void close() {
        trainable.close();
    }
}
