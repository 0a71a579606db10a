package org.plastic4j.training.trainer;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.plastic4j.data.LifetimeStream;
import org.plastic4j.training.figure.Figure;

/**
 * An experiment that is ready to be trained.
 *
 * @param title what is trained on what, as the picture's title
 * @param trainable the network and its loss; closed with the session
 * @param lifetimes the stream of batches, of the size that the settings say, at its beginning; the trainer closes the
 *     arrays of each
 * @param figures shows what the network does with its present parameters; asked for the report at the end of the run.
 *     It takes nothing from {@code lifetimes} and changes no parameter
 * @param structure shows what is in the present parameters, where the experiment knows better than a matrix from row to
 *     column
 * @param data what the lifetimes are made of, for the run's record: its files and their checksums. A run goes on, and is
 *     evaluated, with the same data only; empty where all is drawn from seeds
 */
public record Session(
        String title,
        Trainable trainable,
        LifetimeStream lifetimes,
        Supplier<List<Figure>> figures,
        Supplier<List<Figure>> structure,
        Map<String, String> data)
        implements AutoCloseable {
    /**
     * A session without data and pictures of structure.
     *
     * @param title what is trained on what
     * @param trainable the network and its loss
     * @param lifetimes the stream of batches
     * @param figures shows what the network does
     */
    public Session(String title, Trainable trainable, LifetimeStream lifetimes, Supplier<List<Figure>> figures) {
        this(title, trainable, lifetimes, figures, List::of, Map.of());
    }

    /**
     * A session with nothing to show.
     *
     * @param title what is trained on what
     * @param trainable the network and its loss
     * @param lifetimes the stream of batches
     */
    public Session(String title, Trainable trainable, LifetimeStream lifetimes) {
        this(title, trainable, lifetimes, List::of);
    }

    @Override
    public void close() {
        trainable.close();
    }
}
