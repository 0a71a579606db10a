package org.plastic4j.spark.task;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;

/**
 * One run on an executor, in a child JVM that is started as a local run is: with the options that the kernels need, a heap
 * of its own, and an end that is not the executor's.
 */
public final class RunTask implements Function<RunOrder, RunTask.Result> {
    /** The folder of an executor into which Spark unpacks the class path of runs. */
    public static final String CLASS_PATH = "class-path";

    private static final long serialVersionUID = 1;

    private static final int INTERRUPTED = 130;
    /** What the shell adds to a signal's number. */
    private static final int SIGNALLED = 128;

    private static final int ATTEMPTS = 3;
    private static final long STOP_SECONDS = 100;
    private static final long MARK_MILLIS = 3_000;

    /**
     * How a run has ended.
     *
     * @param code its exit code
     * @param problem why there is more to say than the run itself said; null if there is not
     */
    public record Result(int code, String problem) implements java.io.Serializable {}

    /** Creates it; Spark brings it to the executors. */
    public RunTask() {
        // It has no state.
    }

    @Override
    public Result call(RunOrder order) throws Exception {
        StoreFiles store = StoreFiles.open(order.root(), order.hadoop());
        if (isStopping(order, store)) {
            return new Result(INTERRUPTED, null);
        }
        Path scratch = Files.createTempDirectory(scratchFolder(), "run-");
        try {
            return new Attempt(order, store, scratch).run();
        } finally {
            delete(scratch);
        }
    }

    private static Path scratchFolder() {
        // Outside of a task there is no executor.
        return Path.of(TaskContext.get() == null ? System.getProperty("java.io.tmpdir") : SparkFiles.getRootDirectory())
                .toAbsolutePath();
    }

    /** Whether the driver wants its runs to end. An executor whose driver is gone, or that sees another folder, stops. */
    private static boolean isStopping(RunOrder order, StoreFiles store) throws RunStopped {
        try {
            for (int attempt = 0; ; attempt++) {
                Optional<DriverMark> mark = DriverMark.read(store);
                if (mark.isPresent() && mark.get().id().equals(order.driver())) {
                    return mark.get().stopping();
                }
                if (mark.isPresent() || attempt == ATTEMPTS) {
                    throw new RunStopped(String.format(
                            Locale.ROOT,
                            "%s: expected the folder that the driver writes, found %s: it has to be one that driver and"
                                    + " executors share",
                            store.address(""),
                            mark.isPresent() ? "that of another driver" : "no driver's"));
                }
                // It is being replaced, perhaps.
                Thread.sleep(MARK_MILLIS / ATTEMPTS / 2);
            }
        } catch (IOException e) {
            throw new RunStopped(store.address("") + ": cannot be read (" + reason(e) + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunStopped(order.name() + ": interrupted", e);
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** One attempt of the run. */
    private static final class Attempt {
        private final RunOrder order;
        private final StoreFiles store;
        private final Path scratch;
        private final RunStore run;
        private final Path output;
        private long outputStored = -1;

        Attempt(RunOrder order, StoreFiles store, Path scratch) throws IOException {
            this.order = order;
            this.store = store;
            this.scratch = scratch;
            this.run = new RunStore(
                    store, order.run(), scratch.resolve(order.run()), Files.createDirectory(scratch.resolve(".links")));
            this.output = scratch.resolve(".output");
        }

        Result run() throws IOException, InterruptedException, RunStopped {
            boolean begun = run.bring();
            Files.createDirectories(scratch.resolve(order.run()).getParent());
            if (order.config() != null) {
                Files.writeString(scratch.resolve(order.run() + ".yaml"), order.config());
            }
            Process child = start(begun ? order.resume() : order.begin());
            try {
                boolean told = false;
                while (!child.waitFor(order.roundMillis(), TimeUnit.MILLISECONDS)) {
                    if (!told && isStopping(order, store)) {
                        stop(child);
                        told = true;
                    }
                    Optional<String> problem = keep(false);
                    if (problem.isPresent()) {
                        stop(child);
                        child.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
                        return new Result(1, problem.get());
                    }
                }
                return ended(child.exitValue());
            } finally {
                child.destroyForcibly().waitFor();
            }
        }

        /** By its handle: the process itself would close the run's standard input too, at whose end a run has no parent. */
        private static void stop(Process child) {
            child.toHandle().destroy();
        }

        private Result ended(int code) throws InterruptedException, RunStopped {
            Optional<String> problem = keep(true);
            if (problem.isPresent()) {
                return new Result(1, problem.get());
            }
            boolean killed = code > SIGNALLED;
            if (killed && !stopsSoon()) {
                throw new RunStopped(String.format(
                        Locale.ROOT,
                        "%s: its process was killed (exit code %d, signal %d)",
                        order.name(),
                        code,
                        code - SIGNALLED));
            }
            return new Result(killed ? INTERRUPTED : code, null);
        }

        /** Ctrl-C in a terminal reaches the run before the driver has told anybody. */
        private boolean stopsSoon() throws InterruptedException, RunStopped {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                if (isStopping(order, store)) {
                    return true;
                }
                Thread.sleep(MARK_MILLIS / ATTEMPTS);
            }
            return false;
        }

        private Process start(List<String> arguments) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(order.flags());
            command.addAll(List.of("-cp", classPath()));
            command.addAll(order.main());
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(scratch.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(RunTask::isOfTheDriver);
            builder.environment().putAll(order.environment());
            return builder.start();
        }

        private String classPath() {
            return order.classPath().stream()
                    .map(entry -> order.shipped()
                            ? Path.of(SparkFiles.get(CLASS_PATH), entry)
                                    .toAbsolutePath()
                                    .toString()
                            : entry)
                    .collect(Collectors.joining(File.pathSeparator));
        }

        /**
         * Copies what has changed, in a few attempts.
         *
         * @return what is wrong with the store, if anything is
         */
        private Optional<String> keep(boolean ended) throws InterruptedException, RunStopped {
            for (int attempt = 1; ; attempt++) {
                // An executor that was given up writes nothing into another attempt's directory.
                isStopping(order, store);
                try {
                    keepOutput();
                    run.keep(ended);
                    return Optional.empty();
                } catch (IOException | RuntimeException e) {
                    if (attempt == ATTEMPTS) {
                        return Optional.of(String.format(
                                Locale.ROOT,
                                "%s: cannot be written (%s); the last checkpoint there is whole, and the same command"
                                        + " resumes it",
                                store.address(order.run()),
                                reason(e)));
                    }
                }
                Thread.sleep(order.roundMillis());
            }
        }

        private void keepOutput() throws IOException {
            long size = Files.size(output);
            if (size != outputStored) {
                store.put(output, order.output());
                outputStored = size;
            }
        }
    }

    /**
     * @param variable the name of an environment variable
     * @return whether a run is computed with the driver's value of it: folders of data, and threads of native libraries
     */
    public static boolean isOfTheDriver(String variable) {
        return variable.matches("PLASTIC4J_DATA|(OMP|OPENBLAS|MKL|GOTO)_.*");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted((left, right) -> right.compareTo(left)).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
