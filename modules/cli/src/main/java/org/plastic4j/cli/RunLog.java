package org.plastic4j.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.plastic4j.training.run.FileIdentity;

/** Where everything goes that is not for the user: into memory until there is a file for it. */
final class RunLog extends OutputStream {
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private OutputStream file;
    private FileIdentity identity;

    /** Writes what came so far to a file, and all that comes from now on. */
    synchronized void attach(Path path) throws IOException {
        if (file == null) {
            file = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            identity = FileIdentity.of(path);
            memory.writeTo(file);
            memory = null;
        }
    }

    /** Whether there is a file, which nobody has removed. */
    synchronized boolean isAttached() {
        return identity != null && identity.isInPlace();
    }

    @Override
    public synchronized void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (file != null) {
            file.write(bytes, offset, length);
        } else if (memory != null) {
            memory.write(bytes, offset, length);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        // Threads of libraries may still talk: from here on nobody listens.
        OutputStream closed = file;
        file = OutputStream.nullOutputStream();
        memory = null;
        if (closed != null) {
            closed.close();
        }
    }
}
