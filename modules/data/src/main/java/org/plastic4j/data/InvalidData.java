package org.plastic4j.data;

/**
 * Data of the user's that are not what they should be. The message is one whole sentence: the file, the record where
 * there is one, what was expected and what was found.
 */
public final class InvalidData extends RuntimeException {
    /** @param sentence what was expected, what was found and where */
    public InvalidData(String sentence) {
        super(sentence);
    }

    /**
     * @param sentence what was expected, what was found and where
     * @param cause what happened underneath
     */
    public InvalidData(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
