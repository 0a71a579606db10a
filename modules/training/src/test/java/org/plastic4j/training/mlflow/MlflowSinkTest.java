package org.plastic4j.training.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@Tag("slow")
class MlflowSinkTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> unpublished = new CopyOnWriteArrayList<>();
    private final List<String> authorisations = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    private URI serve(HttpHandler handler) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            authorisations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            bodies.add(body);
            requests.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + untimed(body)).strip());
            handler.handle(exchange);
        });
        server.start();
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @AfterEach
    void stop() {
        over.countDown();
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
        assertThat(unpublished)
                .as("requests beside MLflow's published definitions")
                .isEmpty();
    }

    /** Times are the only thing in a request that no test can know. */
    private static String untimed(String body) {
        return body.replaceAll("(\"(?:timestamp|start_time|end_time)\":)\\d{13}", "$1T");
    }

    private static void answer(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void likeMlflow(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Optional<String> problem = MlflowDefinitions.problem(exchange, bodies.get(bodies.size() - 1));
        if (problem.isPresent()) {
            unpublished.add(problem.get());
            answer(exchange, 400, "{\"error_code\":\"INVALID_PARAMETER_VALUE\"}");
        } else if (path.endsWith("get-by-name")) {
            answer(exchange, 404, "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\"}");
        } else if (path.endsWith("experiments/create")) {
            answer(exchange, 200, "{\"experiment_id\":\"7\"}");
        } else if (path.endsWith("runs/create")) {
            answer(exchange, 200, "{\"run\":{\"info\":{\"run_id\":\"r1\"}}}");
        } else {
            answer(exchange, 200, "{}");
        }
    }

    /** A short run; the seconds that it took. */
    private double run(URI uri, MlflowSink.Status status) {
        long start = System.nanoTime();
        MlflowSink.Run run = new MlflowSink.Run("tiny runs", "s3", Map.of("seed", "3"), Map.of("commit", "abc"));
        try (MlflowSink sink = MlflowSink.open(uri, run, warnings::add)) {
            sink.record(1, measures(0.25, 5));
            sink.record(2, measures(0.5, Double.NaN));
            sink.ended(status);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static Map<String, Double> measures(double error, double loss) {
        Map<String, Double> measures = new java.util.LinkedHashMap<>();
        measures.put("error", error);
        measures.put("loss", loss);
        return measures;
    }

    @Test
    void serverGetsExperimentRunParametersMetricsAndEnd() throws Exception {
        assertThat(run(serve(this::likeMlflow), MlflowSink.Status.KILLED)).isLessThan(2.5);

        assertThat(warnings).isEmpty();
        String api = " /api/2.0/mlflow/";
        assertThat(requests.subList(0, 4))
                .containsExactly(
                        "GET" + api + "experiments/get-by-name?experiment_name=tiny+runs",
                        "POST" + api + "experiments/create {\"name\":\"tiny runs\"}",
                        "POST" + api + "runs/create {\"experiment_id\":\"7\",\"run_name\":\"s3\",\"start_time\":T,"
                                + "\"tags\":[{\"key\":\"commit\",\"value\":\"abc\"}]}",
                        "POST" + api + "runs/log-batch {\"run_id\":\"r1\","
                                + "\"params\":[{\"key\":\"seed\",\"value\":\"3\"}]}");
        assertThat(requests.get(requests.size() - 1))
                .isEqualTo("POST" + api + "runs/update {\"run_id\":\"r1\",\"status\":\"KILLED\",\"end_time\":T}");
        // One or two batches, as the thread came to it; never the value that is not a number.
        StringBuilder metrics = new StringBuilder();
        for (String request : requests.subList(4, requests.size() - 1)) {
            assertThat(request).startsWith("POST" + api + "runs/log-batch {\"run_id\":\"r1\",\"metrics\":[");
            JsonNode body =
                    MAPPER.readTree(request.substring(request.indexOf('{')).replace(":T", ":0"));
            body.path("metrics").forEach(metric -> metrics.append(metric).append('\n'));
        }
        assertThat(metrics)
                .hasToString("{\"key\":\"error\",\"value\":0.25,\"timestamp\":0,\"step\":1}\n"
                        + "{\"key\":\"loss\",\"value\":5.0,\"timestamp\":0,\"step\":1}\n"
                        + "{\"key\":\"error\",\"value\":0.5,\"timestamp\":0,\"step\":2}\n");
    }

    @Test
    void manyRowsAreSentInBatchesThatMlflowTakes() throws Exception {
        URI uri = serve(this::likeMlflow);
        try (MlflowSink sink = MlflowSink.open(
                uri,
                new MlflowSink.Run("tiny", "s3", Map.of(), Map.of()),
                warnings::add,
                Duration.ofMinutes(1),
                name -> null)) {
            for (int i = 1; i <= 1700; i++) {
                sink.record(i, measures(i, i));
            }
            sink.ended(MlflowSink.Status.FINISHED);
        }
        int metrics = 0;
        for (String request : requests) {
            int here = request.split("\"key\"", -1).length - 1;
            assertThat(here).isLessThanOrEqualTo(1000);
            metrics += here;
        }
        assertThat(metrics).isEqualTo(3400);
        assertThat(warnings).isEmpty();
    }

    @Test
    void serverThatHangsCostsTheRunAtMostTwoSecondsAndOneWarning() throws Exception {
        URI uri = serve(exchange -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(run(uri, MlflowSink.Status.FINISHED)).isLessThan(4);
        assertThat(warnings)
                .containsExactly("MLflow at " + uri + " is not up to date (it did not take everything in time); the run"
                        + " continues, and metrics.csv has everything.");
    }

    @Test
    void serverThatIsDownCostsTheRunOneWarning() throws Exception {
        URI uri;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            uri = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
        assertThat(run(uri, MlflowSink.Status.FINISHED)).isLessThan(4);
        assertThat(warnings)
                .containsExactly("MLflow at " + uri
                        + " is not up to date (no connection); the run continues, and metrics.csv has everything.");
    }

    @Test
    void serverThatFailsCostsTheRunOneWarning() throws Exception {
        URI uri = serve(exchange -> answer(exchange, 500, "<html>oops</html>"));
        assertThat(run(uri, MlflowSink.Status.FINISHED)).isLessThan(4);
        assertThat(warnings)
                .containsExactly("MLflow at " + uri + " is not up to date (it answered 500 to"
                        + " /api/2.0/mlflow/experiments/get-by-name); the run continues, and"
                        + " metrics.csv has everything.");
    }

    @Test
    void rowsFromWhileTheServerWasAwayAreSentWhenItIsBack() throws Exception {
        CountDownLatch rejected = new CountDownLatch(1);
        URI uri = serve(exchange -> {
            if (rejected.getCount() > 0) {
                answer(exchange, 503, "{}");
                rejected.countDown();
            } else {
                likeMlflow(exchange);
            }
        });
        try (MlflowSink sink =
                MlflowSink.open(uri, new MlflowSink.Run("tiny", "s3", Map.of(), Map.of()), warnings::add)) {
            sink.record(1, measures(0.25, 5));
            rejected.await();
            sink.ended(MlflowSink.Status.FINISHED);
        }
        assertThat(warnings).hasSize(1);
        assertThat(String.join("\n", requests)).contains("\"value\":0.25", "\"status\":\"FINISHED\"");
    }

    @Test
    void answerThatIsNoJsonIsNoReasonToFail() throws Exception {
        assertThat(run(serve(exchange -> answer(exchange, 200, "<html>log in</html>")), MlflowSink.Status.FINISHED))
                .isLessThan(4);
        assertThat(warnings).hasSize(1);
    }

    private void run(URI uri, Map<String, String> parameters, Map<String, String> environment) {
        MlflowSink.Run run = new MlflowSink.Run("tiny", "s3", parameters, Map.of());
        try (MlflowSink sink = MlflowSink.open(uri, run, warnings::add, Duration.ofSeconds(10), environment::get)) {
            sink.record(1, measures(0.25, 5));
            sink.ended(MlflowSink.Status.FINISHED);
        }
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whoAsksIsSentAndNeverShown() throws Exception {
        URI uri = serve(exchange -> answer(exchange, 401, "{\"message\":\"Who are you?\"}"));
        Map<String, String> named = Map.of("MLFLOW_TRACKING_USERNAME", "me", "MLFLOW_TRACKING_PASSWORD", "secret");
        Map<String, String> token = Map.of(
                "MLFLOW_TRACKING_USERNAME",
                "me",
                "MLFLOW_TRACKING_PASSWORD",
                "secret",
                "MLFLOW_TRACKING_TOKEN",
                "t0ken");
        URI withUser = URI.create(uri.toString().replace("http://", "http://us%40er:secret@"));

        for (Map<String, String> environment : List.of(Map.<String, String>of(), named, token)) {
            for (URI address : List.of(uri, withUser)) {
                authorisations.clear();
                warnings.clear();
                MlflowSink.Run run = new MlflowSink.Run("tiny", "s3", Map.of(), Map.of());
                try (MlflowSink sink =
                        MlflowSink.open(address, run, warnings::add, Duration.ofSeconds(10), environment::get)) {
                    sink.record(1, measures(0.25, 5));
                }
                String expected = address == withUser
                        ? basic("us@er:secret")
                        : environment == token ? "Bearer t0ken" : environment == named ? basic("me:secret") : "null";
                assertThat(authorisations).isNotEmpty().containsOnly(expected);
                assertThat(warnings)
                        .containsExactly("MLflow at " + uri
                                + " is not up to date (it answered 401 to /api/2.0/mlflow/experiments/get-by-name: Who"
                                + " are you?; MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or"
                                + " MLFLOW_TRACKING_TOKEN, say who asks); the run continues, and metrics.csv has"
                                + " everything.");
            }
        }
    }

    @Test
    void parameterThatTheServerRejectsKeepsNothingElseFromIt() throws Exception {
        URI uri = serve(exchange -> {
            String request = requests.get(requests.size() - 1);
            if (request.contains("xxxxx".repeat(60)) || request.contains("strange")) {
                answer(exchange, 400, "{\"error_code\":\"INVALID_PARAMETER_VALUE\",\"message\":\"Too long.\\nTrace\"}");
            } else {
                likeMlflow(exchange);
            }
        });
        Map<String, String> parameters = new java.util.LinkedHashMap<>();
        parameters.put("long", "x".repeat(7000));
        parameters.put("strange", "1");
        parameters.put("seed", "3");

        run(uri, parameters, Map.of());

        String all = String.join("\n", requests);
        assertThat(all).contains("[{\"key\":\"seed\",\"value\":\"3\"}]", "\"value\":0.25", "\"status\":\"FINISHED\"");
        assertThat(all).contains("[{\"key\":\"long\",\"value\":\"" + "x".repeat(247) + "...\"}]");
        String why =
                " (it answered 400 to /api/2.0/mlflow/runs/log-batch: Too long.); the run continues, and its own files"
                        + " have everything.";
        assertThat(warnings)
                .containsExactly(
                        "MLflow at " + uri + " has the parameter long shortened" + why,
                        "MLflow at " + uri + " does not have the parameter strange" + why);
    }

    @Test
    void measureThatTheServerRejectsKeepsNothingElseFromIt() throws Exception {
        URI uri = serve(exchange -> {
            if (requests.get(requests.size() - 1).contains("\"key\":\"loss\"")) {
                answer(exchange, 400, "{\"message\":\"Invalid metric name\"}");
            } else {
                likeMlflow(exchange);
            }
        });

        run(uri, Map.of(), Map.of());

        assertThat(String.join("\n", requests)).contains("\"value\":0.25", "\"status\":\"FINISHED\"");
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("does not have the measure loss", "Invalid metric name");
    }

    @Test
    void serverThatIsBusyAtClosingHearsOfTheEndALittleLater() throws Exception {
        CountDownLatch busy = new CountDownLatch(2);
        URI uri = serve(exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("runs/update") && busy.getCount() > 0) {
                busy.countDown();
                answer(exchange, 503, "busy");
            } else {
                likeMlflow(exchange);
            }
        });

        run(uri, Map.of(), Map.of());

        assertThat(requests.get(requests.size() - 1)).contains("\"status\":\"FINISHED\"");
        assertThat(requests.stream().filter(request -> request.contains("log-batch")))
                .hasSize(1);
    }

    @Test
    void whatIsNotMlflowsOwnAnswerIsSaidInOneSentence() throws Exception {
        saysOf(
                exchange -> answer(
                        exchange, 200, "{\"experiment\":{\"experiment_id\":\"7\",\"lifecycle_stage\":\"deleted\"}}"),
                "its experiment tiny runs is deleted: restore it there, or delete it for good");
        saysOf(
                exchange -> {
                    exchange.getResponseHeaders().add("Location", "https://u:p@sso.example/login?next=secret");
                    answer(exchange, 302, "");
                },
                "it answered 302 to /api/2.0/mlflow/experiments/get-by-name, which leads to"
                        + " https://***@sso.example/login: if that is the server, give its address");
        saysOf(
                exchange -> answer(exchange, 200, "<html>log in</html>"),
                "expected JSON from /api/2.0/mlflow/experiments/get-by-name, it answered with another page, as servers"
                        + " that want a log-in and those of other programs do");
    }

    private void saysOf(HttpHandler handler, String reason) throws IOException {
        warnings.clear();
        URI uri = serve(handler);
        run(uri, MlflowSink.Status.FINISHED);
        assertThat(warnings)
                .containsExactly("MLflow at " + uri + " is not up to date (" + reason
                        + "); the run continues, and metrics.csv has everything.");
        server.stop(0);
    }
}
