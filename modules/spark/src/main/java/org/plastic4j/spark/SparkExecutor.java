package org.plastic4j.spark;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.SparkConf;
import org.plastic4j.cli.ChildJvm;
import org.plastic4j.cli.ClusterProvider.Request;
import org.plastic4j.cli.Launcher;
import org.plastic4j.cli.RunExecutor;
import org.plastic4j.cli.RunJob;
import org.plastic4j.spark.task.RunOrder;
import org.plastic4j.spark.task.RunTask;
import org.plastic4j.spark.task.StoreFiles;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.UserError;
import org.plastic4j.training.dataset.DataSettings;
import org.plastic4j.training.run.RunLock;
import org.plastic4j.training.run.Versions;

/**
 * Executes runs on Spark. The folder of the runs belongs to this process as long as it is open; the application starts with the
 * first run.
 */
final class SparkExecutor implements RunExecutor {
    /** Where Spark's own messages go, in the folder of the runs. */
    static final String LOG = "spark.log";

    private static final String ROUND = "spark.plastic4j.roundMillis";
    private static final long DEFAULT_ROUND = 5_000;
    private static final long WATCH_MILLIS = 200;
    private static final long RENEW_MILLIS = 5_000;
    /** Above what Spark and Hadoop do when the process is ended. */
    private static final int FIRST = 1_000;

    private static final long PATIENCE_SECONDS = 120;

    /** Among Spark's, so that it goes where they do. */
    private static final Logger LOGGER = Logger.getLogger("org.apache.spark.plastic4j");

    private final Request request;
    private final Path folder;
    private final URI root;
    private final SparkConf configuration;
    private final Deque<AutoCloseable> held = new ArrayDeque<>();
    private final Map<SparkRun, RunLock> running = new LinkedHashMap<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "spark-runs");
        thread.setDaemon(true);
        return thread;
    });

    private StoreFiles store;
    private FolderClaim claim;
    private Optional<LocalCopy> copy = Optional.empty();
    private SparkJobs jobs;
    private boolean created;
    private boolean stopping;
    private long renewedAt = System.nanoTime();
    private int submitted;

    private SparkExecutor(Request request) {
        this.request = request;
        this.folder = request.folder().toAbsolutePath().normalize();
        this.root = request.store().orElse(folder.toUri());
        this.configuration = SparkJobs.configuration();
    }

    static SparkExecutor open(Request request) {
        SparkExecutor executor = new SparkExecutor(request);
        try {
            executor.claim();
            return executor;
        } catch (IOException e) {
            executor.release();
            throw new UserError(
                    String.format(
                            Locale.ROOT, "--out %s: no runs can be written there (%s)", executor.root, e.getMessage()),
                    e);
        } catch (RuntimeException e) {
            executor.release();
            throw e;
        }
    }

    private void claim() throws IOException {
        created = !Files.exists(folder);
        Files.createDirectories(folder);
        RunLock lock = RunLock.acquire(folder);
        held.push(lock);
        store = StoreFiles.open(root, SparkJobs.hadoop(configuration));
        claim = FolderClaim.of(
                store,
                request.store().map(URI::toString).orElse(folder.toString()),
                request.store().isEmpty());
        held.push(claim);
        held.push(SparkLog.to(folder.resolve(LOG)));
        if (request.store().isPresent()) {
            copy = Optional.of(new LocalCopy(store, folder));
            copy.get().pull("");
        }
        waitAtShutdown();
        watch.scheduleWithFixedDelay(this::look, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Spark would end its application at once when the process is asked to end: runs are to save their checkpoints first. */
    private void waitAtShutdown() {
        CountDownLatch closed = new CountDownLatch(1);
        Runnable hook = () -> {
            try {
                closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        ShutdownHookManager hooks = ShutdownHookManager.get();
        hooks.addShutdownHook(hook, FIRST, PATIENCE_SECONDS, TimeUnit.SECONDS);
        held.push(() -> {
            closed.countDown();
            if (!hooks.isShutdownInProgress()) {
                hooks.removeShutdownHook(hook);
            }
        });
    }

    /** Spark lets them wait for a free core. */
    @Override
    public int atATime() {
        return Integer.MAX_VALUE;
    }

    @Override
    public synchronized RunningJob start(RunJob job) throws IOException {
        if (jobs == null) {
            jobs = SparkJobs.start(request, configuration);
            held.push(jobs);
        }
        Files.createDirectories(job.folder());
        RunLock lock;
        try {
            // The live page sees that the run goes on, and a run on this computer is kept from its directory.
            lock = RunLock.acquire(job.folder());
        } catch (UserError e) {
            return SparkRun.rejected(job, Launcher.sentence(e.getMessage()));
        }
        String group = "run-" + submitted++;
        SparkRun run = new SparkRun(job, group, jobs.submit(order(job), group), () -> jobs.place(group), this::stop);
        running.put(run, lock);
        return run;
    }

    private RunOrder order(RunJob job) {
        String run = relative(job.folder());
        List<String> flags = new ArrayList<>(request.child().flags().stream()
                // Spark's settings, passwords among them, are nothing that a run needs, nor is what Spark needs of a
                // JVM.
                .filter(flag -> !flag.startsWith("-Dspark.") && !flag.startsWith("--add-opens="))
                .toList());
        flags.add("-D" + ChildJvm.ENDS_WITH_PARENT + "=true");
        Versions.commit().ifPresent(commit -> flags.add("-D" + Versions.COMMIT + "=" + commit));
        return new RunOrder(
                job.name(),
                root,
                run,
                relative(job.output()),
                claim.id(),
                flags,
                request.child().main(),
                jobs.classPath(),
                jobs.shipped(),
                job.begin().apply(Path.of(run)),
                job.resume().apply(Path.of(run)),
                job.config().orElse(null),
                environment(),
                SparkJobs.hadoop(configuration),
                configuration.getLong(ROUND, DEFAULT_ROUND));
    }

    private String relative(Path path) {
        return folder.relativize(path.toAbsolutePath().normalize()).toString().replace('\\', '/');
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        System.getenv().forEach((name, value) -> {
            if (RunTask.isOfTheDriver(name)) {
                environment.put(
                        name,
                        name.equals(DataSettings.VARIABLE) && !value.isBlank()
                                ? Path.of(value).toAbsolutePath().normalize().toString()
                                : value);
            }
        });
        return environment;
    }

    /** One that waits is taken back; one that runs reads that it is to end. */
    synchronized void stop(SparkRun run) {
        stopping = true;
        try {
            claim.stopRuns();
        } catch (IOException e) {
            // Then they end without a last checkpoint.
            jobs.cancelAll();
        }
        if (!run.hasBegun()) {
            jobs.cancel(run.group());
        }
    }

    /** Tells which runs have ended, renews the claim, and brings what is new. */
    private synchronized void look() {
        try {
            for (SparkRun run : List.copyOf(running.keySet())) {
                if (run.isDone()) {
                    conclude(run);
                }
            }
            if (System.nanoTime() - renewedAt > TimeUnit.MILLISECONDS.toNanos(RENEW_MILLIS)) {
                renewedAt = System.nanoTime();
                if (!claim.renew()) {
                    giveUp();
                }
                if (copy.isPresent()) {
                    copy.get().pull("");
                }
            }
        } catch (IOException e) {
            // The store may answer the next time; whether it is written is the executors' matter.
            LOGGER.warning(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Another driver has taken the folder for abandoned: what goes on there is its own. */
    private void giveUp() {
        if (jobs != null) {
            jobs.cancelAll();
        }
        running.forEach((run, lock) -> {
            lock.close();
            run.end(Launcher.FAILURE, root + ": another driver has taken over the folder.");
        });
        running.clear();
    }

    private void conclude(SparkRun run) throws InterruptedException {
        try {
            if (copy.isPresent()) {
                copy.get().pull(relative(run.job().folder()));
                copy.get().pullFile(relative(run.job().output()));
            }
        } catch (IOException e) {
            LOGGER.warning(e.toString());
        }
        running.remove(run).close();
        run.conclude(stopping);
    }

    @Override
    public synchronized void close() {
        watch.shutdownNow();
        running.values().forEach(RunLock::close);
        running.clear();
        try {
            if (copy.isPresent()) {
                copy.get().push();
            }
        } catch (IOException e) {
            throw new RunFailure(String.format(Locale.ROOT, "%s: cannot be written (%s)", root, e.getMessage()), e);
        } finally {
            release();
        }
    }

    private void release() {
        while (!held.isEmpty()) {
            try {
                held.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        if (created) {
            discardEmpty();
        }
    }

    /** What was rejected leaves nothing behind. */
    private void discardEmpty() {
        try (Stream<Path> files = Files.list(folder)) {
            if (files.allMatch(file -> file.getFileName().toString().equals(LOG))) {
                Files.deleteIfExists(folder.resolve(LOG));
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            // Somebody has put something there.
            return;
        }
    }
}
