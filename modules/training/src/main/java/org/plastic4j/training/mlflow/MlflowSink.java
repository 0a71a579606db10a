package org.plastic4j.training.mlflow;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.plastic4j.training.metric.MetricSink;

/**
 * Sends a run to an MLflow tracking server. The run neither waits for the server nor minds it: all requests are made on
 * one thread of their own, with a bounded queue before it. While the server does not answer, they are tried again after
 * growing pauses; what the queue cannot hold is left out there. The run's own files always have everything.
 */
public final class MlflowSink implements MetricSink {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final long FIRST_PAUSE_MILLIS = 1000;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;
    private static final int QUEUE = 10_000;
    /** What MLflow takes in one request. */
    private static final int METRICS_A_BATCH = 1000;

    private static final int PARAMETERS_A_BATCH = 100;

    /** How a run ended, in MLflow's words. */
    public enum Status {
        /** It came to its end. */
        FINISHED,
        /** It was interrupted. */
        KILLED,
        /** It could not go on. */
        FAILED
    }

    /**
     * What the server is told about a run at its start.
     *
     * @param experiment the experiment's name
     * @param name the run's
     * @param parameters the settings by their paths
     * @param tags anything else
     */
    public record Run(String experiment, String name, Map<String, String> parameters, Map<String, String> tags) {}

    private final URI uri;
    private final MlflowServer server;
    private final Run run;
    private final Consumer<String> warn;
    private final Duration lastWords;
    private final long started = System.currentTimeMillis();
    private final BlockingQueue<List<MlflowServer.Metric>> rows = new LinkedBlockingQueue<>(QUEUE);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::work, "mlflow");
    private volatile Status status = Status.FAILED;

    // The thread's own.
    private final List<MlflowServer.Metric> pending = new ArrayList<>();
    private final List<Map<String, String>> parameters = new ArrayList<>();
    private String id;
    private boolean warned;

    private MlflowSink(URI uri, Run run, Consumer<String> warn, Duration lastWords) {
        this.lastWords = lastWords;
        this.uri = uri;
        this.server = new MlflowServer(uri, PATIENCE);
        this.run = run;
        this.warn = warn;
        List<Map.Entry<String, String>> all = List.copyOf(run.parameters().entrySet());
        for (int from = 0; from < all.size(); from += PARAMETERS_A_BATCH) {
            Map<String, String> batch = new LinkedHashMap<>();
            all.subList(from, Math.min(all.size(), from + PARAMETERS_A_BATCH))
                    .forEach(entry -> batch.put(entry.getKey(), entry.getValue()));
            parameters.add(batch);
        }
    }

    /**
     * Begins a run on a server; returns at once.
     *
     * @param uri the server's address
     * @param run what to tell it
     * @param warn is given one sentence, at most once, if the server does not take what it is sent
     * @return where the run's metrics go
     */
    public static MlflowSink open(URI uri, Run run, Consumer<String> warn) {
        return open(uri, run, warn, LAST_WORDS);
    }

    /** The same with another time for what the server has not got when the sink is closed. */
    static MlflowSink open(URI uri, Run run, Consumer<String> warn, Duration lastWords) {
        MlflowSink sink = new MlflowSink(uri, run, warn, lastWords);
        sink.thread.setDaemon(true);
        sink.thread.start();
        return sink;
    }

    @Override
    public void record(long lifetimes, Map<String, Double> measures) {
        long now = System.currentTimeMillis();
        // JSON has no number for the others.
        rows.offer(measures.entrySet().stream()
                .filter(measure -> Double.isFinite(measure.getValue()))
                .map(measure -> new MlflowServer.Metric(measure.getKey(), measure.getValue(), now, lifetimes))
                .toList());
    }

    /** @param how how the run ended; a sink that is closed without being told counts as failed */
    public void ended(Status how) {
        status = how;
    }

    /** Gives the server two seconds for what it has not got yet. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(lastWords.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            warnOnce("it did not take everything in time");
            thread.interrupt();
        }
    }

    private void work() {
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (true) {
                // Asked before the queue is emptied: what comes after that is not this run's any more.
                boolean last = closing.getCount() == 0;
                try {
                    send(last);
                    pause = FIRST_PAUSE_MILLIS;
                } catch (IOException e) {
                    warnOnce(reason(e));
                    pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                }
                if (last) {
                    return;
                }
                closing.await(pause, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            // The run is over and waits no longer.
            return;
        } catch (RuntimeException e) {
            warnOnce(e.toString());
        }
    }

    /** Sends all there is; what was sent is forgotten, what was not is kept for the next time. */
    private void send(boolean last) throws IOException, InterruptedException {
        if (id == null) {
            id = server.createRun(server.experiment(run.experiment()), run.name(), started, run.tags());
        }
        while (!parameters.isEmpty()) {
            server.logParameters(id, parameters.get(0));
            parameters.remove(0);
        }
        while (!pending.isEmpty() || !rows.isEmpty()) {
            while (!rows.isEmpty() && pending.size() + rows.peek().size() <= METRICS_A_BATCH) {
                pending.addAll(rows.remove());
            }
            server.logMetrics(id, pending);
            pending.clear();
        }
        if (last) {
            server.end(id, status.name(), System.currentTimeMillis());
        }
    }

    private synchronized void warnOnce(String reason) {
        if (!warned) {
            warned = true;
            warn.accept("MLflow at %s is not up to date (%s); the run continues, and metrics.csv has everything."
                    .formatted(uri, reason));
        }
    }

    private static String reason(IOException e) {
        if (e instanceof ConnectException) {
            return "no connection";
        } else if (e instanceof HttpTimeoutException) {
            return "no answer within " + PATIENCE.toSeconds() + " s";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
