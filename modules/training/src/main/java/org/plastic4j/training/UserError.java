package org.plastic4j.training;

/**
 * A usage error: a wrong option, configuration, file or machine. The message is one whole sentence that says
 * what was expected, what was found and where; it is all the user sees, and the exit code is 2.
 */
public final class UserError extends RuntimeException {
    /** @param sentence what was expected, what was found and where */
    public UserError(String sentence) {
        super(sentence);
    }

    /**
     * @param sentence what was expected, what was found and where
     * @param cause what happened underneath; never shown to the user
     */
    public UserError(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
