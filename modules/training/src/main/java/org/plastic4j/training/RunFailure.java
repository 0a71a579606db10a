package org.plastic4j.training;

/**
 * A run that cannot go on although the user did nothing wrong, such as a gradient that is not a number. The message is
 * one whole sentence; the exit code is 1.
 */
public final class RunFailure extends RuntimeException {
    /** @param sentence what happened, and where */
    public RunFailure(String sentence) {
        super(sentence);
    }

    /**
     * @param sentence what happened, and where
     * @param cause what happened underneath; it goes into the run's log
     */
    public RunFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
