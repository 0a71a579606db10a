package org.plastic4j.data.download;

/** A download that did not succeed: no network, another answer than expected, a wrong checksum. One whole sentence. */
public final class DownloadFailure extends RuntimeException {
    /** @param sentence what was expected, what was found and where */
    public DownloadFailure(String sentence) {
        super(sentence);
    }

    /**
     * @param sentence what was expected, what was found and where
     * @param cause what happened underneath
     */
    public DownloadFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
