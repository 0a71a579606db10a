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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.Interrupt;

/** Runs of an experiment, each in a process of its own, a few at a time and in their order. */
final class ChildQueue {
    private final Experiment<?> experiment;
    private final int atATime;
    private final Interrupt interrupt;
    private final Consumer<String> say;

    /**
     * One run.
     *
     * @param name what people know it by
     * @param arguments its command line
     * @param output where what it says goes
     */
    record Job(String name, List<String> arguments, Path output) {}

    /** @param say gets a line when a run has ended */
    ChildQueue(Experiment<?> experiment, int atATime, Interrupt interrupt, Consumer<String> say) {
        this.experiment = experiment;
        this.atATime = atATime;
        this.interrupt = interrupt;
        this.say = say;
    }

    /**
     * Waits for all of them; after an interrupt for those that had begun, which save their checkpoints.
     *
     * @return the exit codes of those that ran
     * @throws RunFailure if one cannot be started
     */
    Map<Job, Integer> run(List<Job> jobs) {
        Map<Job, Integer> codes = new LinkedHashMap<>();
        Map<Job, Process> running = new LinkedHashMap<>();
        Queue<Job> waiting = new ArrayDeque<>(jobs);
        boolean told = false;
        try {
            while (!running.isEmpty() || !waiting.isEmpty() && !interrupt.requested()) {
                if (interrupt.requested() && !told) {
                    // A polite kill: each saves its checkpoint.
                    running.values().forEach(Process::destroy);
                    told = true;
                }
                while (!interrupt.requested() && running.size() < atATime && !waiting.isEmpty()) {
                    Job job = waiting.remove();
                    running.put(job, start(job));
                }
                await(running.values(), told);
                reap(running, codes);
            }
        } catch (IOException e) {
            running.values().forEach(Process::destroy);
            throw new RunFailure(e.getMessage(), e);
        } catch (InterruptedException e) {
            running.values().forEach(Process::destroy);
            Thread.currentThread().interrupt();
        }
        return codes;
    }

    /** Until one of the processes has ended, or an interrupt has been asked for that they have not been told of. */
    private void await(Collection<Process> running, boolean told) throws InterruptedException {
        Stream<CompletableFuture<?>> ends = running.stream().map(Process::onExit);
        Stream<CompletableFuture<?>> events = told ? ends : Stream.concat(ends, Stream.of(interrupt.whenRequested()));
        try {
            CompletableFuture.anyOf(events.toArray(CompletableFuture<?>[]::new)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a process has an end that cannot be seen", e);
        }
    }

    private Process start(Job job) throws IOException {
        try {
            Files.createDirectories(job.output().toAbsolutePath().getParent());
            return ChildProcess.start(experiment, job.arguments(), job.output());
        } catch (IOException e) {
            throw new IOException(
                    String.format(Locale.ROOT, "%s: %s cannot be started (%s)", job.output(), job.name(), e), e);
        }
    }

    private void reap(Map<Job, Process> running, Map<Job, Integer> codes) throws IOException {
        for (Iterator<Map.Entry<Job, Process>> all = running.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Job, Process> entry = all.next();
            if (!entry.getValue().isAlive()) {
                all.remove();
                int code = entry.getValue().exitValue();
                codes.put(entry.getKey(), code);
                List<String> lines = Files.readAllLines(entry.getKey().output());
                say.accept(String.format(
                        Locale.ROOT,
                        "%s: %s",
                        entry.getKey().name(),
                        lines.isEmpty() ? "exit code " + code : lines.get(lines.size() - 1)));
            }
        }
    }
}
