package org.plastic4j.data.download;

/** Hears how far a download is. */
@FunctionalInterface
public interface DownloadProgress {
    /**
     * @param bytes how many bytes of the file are there
     * @param total how many it has
     */
    void at(long bytes, long total);
}
