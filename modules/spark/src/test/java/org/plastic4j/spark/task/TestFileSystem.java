package org.plastic4j.spark.task;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** A file system test:///FOLDER that is not file:///FOLDER, can be full, and can be gone. */
public class TestFileSystem extends RawLocalFileSystem {
    private static final URI ROOT = URI.create("test:///");

    /** How many bytes can still be written. */
    public static final AtomicLong SPACE = new AtomicLong(Long.MAX_VALUE);
    /** How many changes can still be made; then nobody is there to make any. */
    public static final AtomicLong CHANGES = new AtomicLong(Long.MAX_VALUE);

    /** The settings that make Hadoop find it. */
    public static final Map<String, String> SETTINGS = Map.of("fs.test.impl", TestFileSystem.class.getName());

    static void recover() {
        SPACE.set(Long.MAX_VALUE);
        CHANGES.set(Long.MAX_VALUE);
    }

    private static void change() throws IOException {
        if (CHANGES.decrementAndGet() < 0) {
            throw new IOException("gone");
        }
    }

    @Override
    public URI getUri() {
        return ROOT;
    }

    @Override
    public String getScheme() {
        return "test";
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        change();
        // As HDFS does.
        return !exists(to) && super.rename(from, to);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        change();
        return super.delete(path, recursive);
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
        change();
        return super.mkdirs(path);
    }

    @Override
    public FSDataOutputStream create(
            Path path, boolean overwrite, int buffer, short replication, long block, Progressable progress)
            throws IOException {
        change();
        return limited(super.create(path, overwrite, buffer, replication, block, progress));
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int buffer,
            short replication,
            long block,
            Progressable progress)
            throws IOException {
        change();
        return limited(super.create(path, permission, overwrite, buffer, replication, block, progress));
    }

    private static FSDataOutputStream limited(FSDataOutputStream out) throws IOException {
        return new FSDataOutputStream(new Limited(out), null);
    }

    private static final class Limited extends FilterOutputStream {
        Limited(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            change();
            long left = SPACE.addAndGet(-length);
            int fits = (int) Math.max(0, Math.min(length, left + length));
            out.write(bytes, offset, fits);
            if (fits < length) {
                throw new IOException("No space left on device");
            }
        }
    }
}
