package org.plastic4j.experiment.train;

import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * An experiment that is ready to be trained.
 *
 * @param title what is trained on what, as the picture's title
 * @param trainable the network and its loss; closed with the session
 * @param lifetimes the stream of batches, of the size that the settings say; the trainer closes the arrays of each
 */
public record Session(String title, Trainable trainable, MultiDataSetIterator lifetimes) implements AutoCloseable {
    @Override
    public void close() {
        trainable.close();
    }
}
