package org.plastic4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.plastic4j.cli.RunExecutor.RunningJob;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.trainer.Durations;
import org.plastic4j.training.trainer.Interrupt;

/** Runs of an experiment in their order, as many at a time as their executor takes, and what is said of them meanwhile. */
final class RunQueue {
    /** What a run's line about its report begins with; the line before it says how it ended. */
    static final String BESIDES = "Report: ";

    /** Such as that of the Vector API, which the JVM writes before there is anything of the run. */
    private static final String OF_THE_JVM = "WARNING: ";

    private static final Pattern DONE = Pattern.compile("(\\d+)/(\\d+) lifetimes.*");
    private static final long FIRST_SECONDS = 5;
    private static final long LATER_SECONDS = 60;

    private final RunExecutor executor;
    private final Interrupt interrupt;
    private final Consumer<String> say;

    /** @param say gets a line when a run has ended */
    RunQueue(RunExecutor executor, Interrupt interrupt, Consumer<String> say) {
        this.executor = executor;
        this.interrupt = interrupt;
        this.say = say;
    }

    /**
     * Waits for all of them; after an interrupt for those that had begun, which save their checkpoints.
     *
     * @return the exit codes of those that ran
     * @throws RunFailure if one cannot be started
     */
    Map<RunJob, Integer> run(List<RunJob> jobs) {
        Map<RunJob, Integer> codes = new LinkedHashMap<>();
        Map<RunJob, RunningJob> running = new LinkedHashMap<>();
        Queue<RunJob> waiting = new ArrayDeque<>(jobs);
        boolean told = false;
        long startedAt = System.nanoTime();
        long shownAt = startedAt;
        try {
            while (!running.isEmpty() || !waiting.isEmpty() && !interrupt.requested()) {
                if (interrupt.requested() && !told) {
                    // A polite kill: each saves its checkpoint.
                    running.values().forEach(RunningJob::stop);
                    told = true;
                }
                while (!interrupt.requested() && running.size() < executor.atATime() && !waiting.isEmpty()) {
                    RunJob job = waiting.remove();
                    running.put(job, start(job));
                }
                boolean ended = await(running.values(), told, every(startedAt) - (System.nanoTime() - shownAt));
                reap(running, codes);
                if (!ended) {
                    shownAt = System.nanoTime();
                    show(jobs.size(), codes.size(), running, (shownAt - startedAt) / 1e9);
                }
            }
        } catch (IOException e) {
            running.values().forEach(RunningJob::stop);
            throw new RunFailure(e.getMessage(), e);
        } catch (InterruptedException e) {
            running.values().forEach(RunningJob::stop);
            Thread.currentThread().interrupt();
        }
        return codes;
    }

    /** Often at first, when people look, and rarely in the hours after. */
    private static long every(long startedAt) {
        long seconds =
                System.nanoTime() - startedAt < TimeUnit.SECONDS.toNanos(LATER_SECONDS) ? FIRST_SECONDS : LATER_SECONDS;
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    /**
     * Until one of the runs has ended, or an interrupt has been asked for that they have not been told of, or it is time
     * to show where they are.
     *
     * @return whether something has happened
     */
    private boolean await(Collection<RunningJob> running, boolean told, long nanos) throws InterruptedException {
        Stream<CompletableFuture<?>> ends = running.stream().map(RunningJob::exitCode);
        Stream<CompletableFuture<?>> events = told ? ends : Stream.concat(ends, Stream.of(interrupt.whenRequested()));
        try {
            CompletableFuture.anyOf(events.toArray(CompletableFuture<?>[]::new))
                    .get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a process has an end that cannot be seen", e);
        }
    }

    /** A line for every run that is going on, and one for all of them. */
    private void show(int all, int ended, Map<RunJob, RunningJob> running, double seconds) throws IOException {
        double done = ended;
        // Of what a run cannot say yet of itself, nothing follows for all of them.
        boolean known = ended > 0;
        int begun = 0;
        for (Map.Entry<RunJob, RunningJob> entry : running.entrySet()) {
            if (!entry.getValue().hasBegun()) {
                continue;
            }
            begun++;
            String line = lastLine(entry.getKey().output());
            Matcher progress = DONE.matcher(line);
            if (progress.matches()) {
                known |= line.endsWith(" left");
                done += Math.min(1, Double.parseDouble(progress.group(1)) / Double.parseDouble(progress.group(2)));
            }
            say.accept(String.format(Locale.ROOT, "%s: %s", name(entry), line.isEmpty() ? "starting" : line));
        }
        say.accept(String.format(
                Locale.ROOT,
                "%d of %d run%s ended, %d running, %s so far%s",
                ended,
                all,
                all == 1 ? "" : "s",
                begun,
                Durations.text(seconds),
                known && done > 0
                        ? String.format(Locale.ROOT, ", about %s left", Durations.text(seconds * (all - done) / done))
                        : ""));
    }

    /** What a run has said last of itself. */
    static String lastLine(Path output) throws IOException {
        if (!Files.exists(output)) {
            return "";
        }
        return Files.readAllLines(output).stream()
                .filter(line -> !line.startsWith(BESIDES) && !line.startsWith(OF_THE_JVM))
                .reduce("", (before, line) -> line);
    }

    private static String name(Map.Entry<RunJob, RunningJob> run) {
        return run.getKey().name()
                + run.getValue().place().map(place -> " (" + place + ")").orElse("");
    }

    private RunningJob start(RunJob job) throws IOException {
        try {
            Files.createDirectories(job.output().toAbsolutePath().getParent());
            return executor.start(job);
        } catch (IOException e) {
            throw new IOException(
                    String.format(Locale.ROOT, "%s: %s cannot be started (%s)", job.output(), job.name(), e), e);
        }
    }

    private void reap(Map<RunJob, RunningJob> running, Map<RunJob, Integer> codes) throws IOException {
        for (Iterator<Map.Entry<RunJob, RunningJob>> all = running.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<RunJob, RunningJob> entry = all.next();
            CompletableFuture<Integer> end = entry.getValue().exitCode();
            if (end.isDone()) {
                all.remove();
                int code = end.join();
                codes.put(entry.getKey(), code);
                String line = entry.getValue()
                        .problem()
                        .orElse(lastLine(entry.getKey().output()));
                say.accept(
                        String.format(Locale.ROOT, "%s: %s", name(entry), line.isEmpty() ? "exit code " + code : line));
            }
        }
    }
}
