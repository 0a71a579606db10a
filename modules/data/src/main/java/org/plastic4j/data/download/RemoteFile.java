package org.plastic4j.data.download;

import java.net.URI;

/**
 * A published file.
 *
 * @param uri where it is, http or https
 * @param bytes its size
 * @param checksum what its bytes add up to
 */
public record RemoteFile(URI uri, long bytes, Checksum checksum) {
    /** @return the last part of its address */
    public String name() {
        String path = uri.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * @param mirror where another copy of it is
     * @return the same bytes from there
     */
    public RemoteFile from(URI mirror) {
        return new RemoteFile(mirror, bytes, checksum);
    }
}
