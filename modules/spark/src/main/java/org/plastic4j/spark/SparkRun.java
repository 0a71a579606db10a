package org.plastic4j.spark;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plastic4j.cli.Launcher;
import org.plastic4j.cli.RunExecutor.RunningJob;
import org.plastic4j.cli.RunJob;
import org.plastic4j.spark.task.RunTask.Result;

/** A run that has been given to Spark. */
final class SparkRun implements RunningJob {
    /** Spark's sentence about the last attempt of a task: where it was and what it threw. */
    private static final Pattern LAST =
            Pattern.compile("failed (\\d+) times.*\\(TID \\d+\\) \\((?:\\S+ )*?executor (\\S+)\\): (.*)");

    private final RunJob job;
    private final String group;
    private final Future<List<Result>> action;
    private final Supplier<Optional<String>> place;
    private final Consumer<SparkRun> stop;
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private volatile String problem;

    /**
     * @param group what Spark calls it
     * @param action Spark's end of it
     * @param place says on which executor it is, if on any yet
     * @param stop asks it to end
     */
    SparkRun(
            RunJob job,
            String group,
            Future<List<Result>> action,
            Supplier<Optional<String>> place,
            Consumer<SparkRun> stop) {
        this.job = job;
        this.group = group;
        this.action = action;
        this.place = place;
        this.stop = stop;
    }

    /** A run that cannot be executed. */
    static SparkRun rejected(RunJob job, String why) {
        SparkRun run =
                new SparkRun(job, "", CompletableFuture.completedFuture(List.of()), Optional::empty, ignored -> {});
        run.end(Launcher.USAGE_ERROR, why);
        return run;
    }

    RunJob job() {
        return job;
    }

    String group() {
        return group;
    }

    /** Whether Spark has an end of it that nobody was told. */
    boolean isDone() {
        return action.isDone() && !exitCode.isDone();
    }

    /** Takes the end that Spark has. */
    void conclude(boolean stopping) throws InterruptedException {
        int code = Launcher.FAILURE;
        try {
            Result result = action.get().get(0);
            problem = result.problem();
            code = result.code();
        } catch (CancellationException | ExecutionException e) {
            if (stopping) {
                code = Launcher.INTERRUPTED;
            } else {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                problem = sentence(String.valueOf(cause.getMessage()));
            }
        }
        exitCode.complete(code);
    }

    /** What Spark says of a failed job is a page long; who reads it wants the last attempt's reason. */
    static String sentence(String message) {
        String first = message.lines().findFirst().orElse(message);
        Matcher last = LAST.matcher(first);
        if (!last.find()) {
            return Launcher.sentence(first);
        }
        String reason = last.group(3).replaceAll("^org\\.plastic4j\\.spark\\.task\\.RunStopped: ", "");
        return Launcher.sentence(
                "given up after " + last.group(1) + " attempts, the last on executor " + last.group(2) + ": " + reason);
    }

    /** Ends it without Spark. */
    void end(int code, String why) {
        problem = why;
        exitCode.complete(code);
    }

    @Override
    public CompletableFuture<Integer> exitCode() {
        return exitCode;
    }

    @Override
    public void stop() {
        stop.accept(this);
    }

    @Override
    public boolean hasBegun() {
        return place.get().isPresent();
    }

    @Override
    public Optional<String> place() {
        return place.get().filter(where -> !where.startsWith(Places.HERE));
    }

    @Override
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }
}
