package org.plastic4j.training.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The few requests of MLflow's REST API, version 2.0, that a run needs. */
final class MlflowServer {
    private static final String API = "/api/2.0/mlflow/";
    private static final int NOT_FOUND = 404;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** One value of one measure. */
    record Metric(String key, double value, long timestamp, long step) {}

    private final String base;
    private final Duration patience;
    private final HttpClient client;

    MlflowServer(URI uri, Duration patience) {
        this.base = uri.toString().replaceAll("/+$", "") + API;
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
    }

    /** The id of an experiment, which is created if there is none of that name. */
    String experiment(String name) throws IOException, InterruptedException {
        URI byName = URI.create(
                base + "experiments/get-by-name?experiment_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
        HttpResponse<String> found = send(HttpRequest.newBuilder(byName).GET());
        if (found.statusCode() == NOT_FOUND) {
            return text(post("experiments/create", object().put("name", name)), "/experiment_id");
        }
        return text(read(found), "/experiment/experiment_id");
    }

    /** The id of a new run. */
    String createRun(String experiment, String name, long started, Map<String, String> tags)
            throws IOException, InterruptedException {
        ObjectNode body = object().put("experiment_id", experiment)
                .put("run_name", name)
                .put("start_time", started)
                .set("tags", pairs(tags));
        return text(post("runs/create", body), "/run/info/run_id");
    }

    void logParameters(String run, Map<String, String> parameters) throws IOException, InterruptedException {
        post("runs/log-batch", object().put("run_id", run).set("params", pairs(parameters)));
    }

    void logMetrics(String run, List<Metric> metrics) throws IOException, InterruptedException {
        post("runs/log-batch", object().put("run_id", run).set("metrics", MAPPER.valueToTree(metrics)));
    }

    void end(String run, String status, long ended) throws IOException, InterruptedException {
        post("runs/update", object().put("run_id", run).put("status", status).put("end_time", ended));
    }

    private JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
        return read(send(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(MAPPER.writeValueAsString(body)))));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(patience).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode read(HttpResponse<String> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException("it answered %d to %s"
                    .formatted(response.statusCode(), response.uri().getPath()));
        }
        return MAPPER.readTree(response.body());
    }

    private static String text(JsonNode answer, String pointer) throws IOException {
        JsonNode node = answer.at(pointer);
        if (!node.isTextual()) {
            throw new IOException("it answered without " + pointer.substring(pointer.lastIndexOf('/') + 1));
        }
        return node.asText();
    }

    private static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    private static ArrayNode pairs(Map<String, String> values) {
        ArrayNode pairs = MAPPER.createArrayNode();
        values.forEach((key, value) -> pairs.addObject().put("key", key).put("value", value));
        return pairs;
    }
}
