package org.plastic4j.training.mlflow;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.plastic4j.training.metric.MetricSink;
import org.plastic4j.training.metric.SteadyClock;

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
    private static final long LAST_PAUSE_MILLIS = 200;
    /** A length of parameters that every server takes. */
    private static final int SHORT = 250;

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
    private final SteadyClock clock = new SteadyClock();
    private final long started = clock.millis();
    private final BlockingQueue<List<MlflowServer.Metric>> rows = new LinkedBlockingQueue<>(QUEUE);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::work, "mlflow");
    private volatile Status status = Status.FAILED;

    // The thread's own.
    private final List<MlflowServer.Metric> pending = new ArrayList<>();
    private final List<Map<String, String>> parameters = new ArrayList<>();
    private final Set<String> rejected = new HashSet<>();
    private String id;
    private boolean warned;

    private MlflowSink(Credentials credentials, Run run, Consumer<String> warn, Duration lastWords) {
        this.lastWords = lastWords;
        this.uri = credentials.address();
        this.server = new MlflowServer(credentials, PATIENCE);
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
     * A run on a server, which hears of it when training begins.
     *
     * @param uri the server's address; a user and a password in it are sent as Basic authorisation, else what the
     *     environment's MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, say
     * @param run what to tell it
     * @param warn is given one sentence, at most once, if the server does not take what it is sent, and one for each
     *     parameter or measure that it gets shortened or not at all
     * @return where the run's metrics go
     */
    public static MlflowSink open(URI uri, Run run, Consumer<String> warn) {
        return open(uri, run, warn, LAST_WORDS, System::getenv);
    }

    /** The same with another time for what the server has not got when the sink is closed. */
    static MlflowSink open(
            URI uri, Run run, Consumer<String> warn, Duration lastWords, UnaryOperator<String> environment) {
        return new MlflowSink(Credentials.of(uri, environment), run, warn, lastWords);
    }

    @Override
    public void begin(double seconds) {
        if (thread.getState() == Thread.State.NEW) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void record(long lifetimes, Map<String, Double> measures) {
        begin(0);
        long now = clock.millis();
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
                    if (last) {
                        return;
                    }
                } catch (IOException e) {
                    warnOnce(reason(e));
                    if (last && !(e instanceof MlflowServer.Busy)) {
                        return;
                    }
                    pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                }
                if (last) {
                    // Until it succeeds or the time for it is over.
                    Thread.sleep(LAST_PAUSE_MILLIS);
                } else {
                    closing.await(pause, TimeUnit.MILLISECONDS);
                }
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
            sendParameters(parameters.get(0));
            parameters.remove(0);
        }
        while (!pending.isEmpty() || !rows.isEmpty()) {
            while (!rows.isEmpty() && pending.size() + rows.peek().size() <= METRICS_A_BATCH) {
                pending.addAll(rows.remove());
            }
            sendMetrics();
            pending.clear();
        }
        if (last) {
            server.end(id, status.name(), clock.millis());
        }
    }

    /** What a server rejects of a batch must not keep the rest from it. */
    private void sendParameters(Map<String, String> batch) throws IOException, InterruptedException {
        try {
            server.logParameters(id, batch);
        } catch (MlflowServer.Rejected all) {
            for (Map.Entry<String, String> one : batch.entrySet()) {
                sendParameter(one.getKey(), one.getValue());
            }
        }
    }

    private void sendParameter(String name, String value) throws IOException, InterruptedException {
        try {
            server.logParameters(id, Map.of(name, value));
        } catch (MlflowServer.Rejected whole) {
            try {
                if (value.length() <= SHORT) {
                    throw whole;
                }
                server.logParameters(id, Map.of(name, MlflowServer.shortened(value, SHORT)));
                note("has the parameter " + name + " shortened", whole);
            } catch (MlflowServer.Rejected any) {
                note("does not have the parameter " + name, any);
            }
        }
    }

    private void sendMetrics() throws IOException, InterruptedException {
        pending.removeIf(metric -> rejected.contains(metric.key()));
        try {
            server.logMetrics(id, pending);
        } catch (MlflowServer.Rejected all) {
            Map<String, List<MlflowServer.Metric>> byName =
                    pending.stream().collect(Collectors.groupingBy(MlflowServer.Metric::key));
            for (Map.Entry<String, List<MlflowServer.Metric>> one : byName.entrySet()) {
                try {
                    server.logMetrics(id, one.getValue());
                } catch (MlflowServer.Rejected any) {
                    rejected.add(one.getKey());
                    note("does not have the measure " + one.getKey(), any);
                }
            }
        }
    }

    private void note(String what, MlflowServer.Rejected why) {
        warn.accept(String.format(
                Locale.ROOT,
                "MLflow at %s %s (%s); the run continues, and its own files have everything.",
                uri,
                what,
                why.getMessage()));
    }

    private synchronized void warnOnce(String reason) {
        if (!warned) {
            warned = true;
            warn.accept(String.format(
                    Locale.ROOT,
                    "MLflow at %s is not up to date (%s); the run continues, and metrics.csv has everything.",
                    uri,
                    reason));
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
