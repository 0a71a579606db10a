package org.plastic4j.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.plastic4j.spark.task.DriverMark;
import org.plastic4j.spark.task.StoreFiles;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.UserError;

/**
 * This driver's claim to a folder of runs. Its mark in the folder is renewed as long as the driver is there: who finds a mark
 * that is renewed is rejected, and who finds one of a driver that is gone takes its place.
 */
final class FolderClaim implements AutoCloseable {
    /** The property that says after how long without a renewal a driver of another computer is gone. */
    static final String LEASE = "spark.plastic4j.leaseMillis";

    private static final long DEFAULT_LEASE = 30_000;

    private final StoreFiles store;
    private final String folder;
    private DriverMark mark;

    private FolderClaim(StoreFiles store, String folder, DriverMark mark) {
        this.store = store;
        this.folder = folder;
        this.mark = mark;
    }

    /**
     * Claims the folder.
     *
     * @param folder its address, for messages
     * @param exclusive whether nobody but this process can have it, since it holds a lock that ends with a process
     * @throws UserError if another driver has it
     */
    static FolderClaim of(StoreFiles store, String folder, boolean exclusive) {
        ProcessHandle self = ProcessHandle.current();
        DriverMark mark = new DriverMark(UUID.randomUUID().toString(), host(), self.pid(), started(self), 0, false);
        try {
            store.makeFolder("");
            Optional<DriverMark> found = DriverMark.read(store);
            if (found.isPresent()) {
                if (!exclusive && !isGone(store, found.get())) {
                    throw taken(folder, found.get());
                }
                store.delete(DriverMark.FILE);
            }
            if (!store.writeNew(DriverMark.FILE, mark.text())) {
                throw taken(folder, DriverMark.read(store).orElse(mark));
            }
        } catch (IOException e) {
            throw new UserError(
                    String.format(Locale.ROOT, "--out %s: no runs can be written there (%s)", folder, e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure(folder + ": interrupted while another driver's claim was watched", e);
        }
        return new FolderClaim(store, folder, mark);
    }

    private static UserError taken(String folder, DriverMark by) {
        return new UserError(String.format(
                Locale.ROOT,
                "--out %s: expected a folder that no other driver uses, found one used by process %d on %s",
                folder,
                by.process(),
                by.host()));
    }

    /** At once for a process of this computer; else when the mark has not been renewed for a while, whatever clocks say. */
    private static boolean isGone(StoreFiles store, DriverMark found) throws IOException, InterruptedException {
        if (found.host().equals(host())) {
            return ProcessHandle.of(found.process())
                    .filter(process -> started(process) == found.started())
                    .isEmpty();
        }
        Thread.sleep(Long.getLong(LEASE, DEFAULT_LEASE));
        return DriverMark.read(store).filter(now -> !now.equals(found)).isEmpty();
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(-1L);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    String id() {
        return mark.id();
    }

    /**
     * Says that this driver is still there.
     *
     * @return whether the folder is still this driver's
     */
    synchronized boolean renew() throws IOException {
        if (DriverMark.read(store)
                .filter(found -> !found.id().equals(mark.id()))
                .isPresent()) {
            return false;
        }
        write(mark.stopping());
        return true;
    }

    /** Asks all runs to save their checkpoints and to end. */
    synchronized void stopRuns() throws IOException {
        if (!mark.stopping()) {
            write(true);
        }
    }

    private void write(boolean stopping) throws IOException {
        mark = new DriverMark(mark.id(), mark.host(), mark.process(), mark.started(), mark.renewals() + 1, stopping);
        store.write(DriverMark.FILE, mark.text());
    }

    @Override
    public void close() {
        try {
            if (DriverMark.read(store)
                    .filter(found -> found.id().equals(mark.id()))
                    .isPresent()) {
                store.delete(DriverMark.FILE);
            }
        } catch (IOException e) {
            // It is not renewed any more, which says the same.
            return;
        }
    }
}
