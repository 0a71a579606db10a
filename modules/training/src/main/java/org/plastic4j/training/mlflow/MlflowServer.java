package org.plastic4j.training.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plastic4j.training.Secrets;

/** The few requests of MLflow's REST API, version 2.0, that a run needs. */
final class MlflowServer {
    private static final String API = "/api/2.0/mlflow/";
    private static final int NOT_FOUND = 404;
    /** Answers after which the same request may succeed. */
    private static final Set<Integer> LATER = Set.of(408, 425, 429);
    /** How much of a server's reason is shown. */
    private static final int REASON = 200;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** One value of one measure. */
    record Metric(String key, double value, long timestamp, long step) {}

    /** The server cannot take a request now, and may in a moment. */
    static final class Busy extends IOException {
        private static final long serialVersionUID = 1;

        Busy(String message) {
            super(message);
        }
    }

    private final String base;
    private final Optional<String> authorization;
    private final Duration patience;
    private final HttpClient client;

    /** The server does not take a request, and will not take it later either. */
    static final class Rejected extends IOException {
        private static final long serialVersionUID = 1;

        Rejected(String message) {
            super(message);
        }
    }

    MlflowServer(Credentials credentials, Duration patience) {
        this.base = credentials.address().toString().replaceAll("/+$", "") + API;
        this.authorization = credentials.authorization();
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
        JsonNode answer = read(found);
        if (answer.at("/experiment/lifecycle_stage").asText().equals("deleted")) {
            throw new IOException("its experiment " + name + " is deleted: restore it there, or delete it for good");
        }
        return text(answer, "/experiment/experiment_id");
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
        authorization.ifPresent(who -> request.header("Authorization", who));
        return client.send(request.timeout(patience).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode read(HttpResponse<String> response) throws IOException {
        int code = response.statusCode();
        Optional<JsonNode> json = json(response.body());
        if (code == 200) {
            return json.orElseThrow(() -> new IOException("expected JSON from "
                    + response.uri().getPath()
                    + ", it answered with another page, as servers that want a log-in and those of other programs do"));
        }
        StringBuilder sentence = new StringBuilder(String.format(
                Locale.ROOT, "it answered %d to %s", code, response.uri().getPath()));
        json.map(answer -> answer.path("message").asText())
                .flatMap(message ->
                        message.lines().filter(line -> !line.isBlank()).findFirst())
                .ifPresent(reason -> sentence.append(": ").append(shortened(reason.strip(), REASON)));
        if (code >= 300 && code < 400) {
            sentence.append(response.headers()
                    .firstValue("Location")
                    .map(to -> ", which leads to " + Secrets.hidden(to.split("[?#]", 2)[0])
                            + ": if that is the server, give its address")
                    .orElse(""));
        } else if (code == 401 || code == 403) {
            sentence.append(String.format(
                    Locale.ROOT,
                    "; %s and %s, or %s, say who asks",
                    Credentials.USER,
                    Credentials.PASSWORD,
                    Credentials.TOKEN));
        } else if (code >= 500 || LATER.contains(code)) {
            throw new Busy(sentence.toString());
        } else if (code != NOT_FOUND) {
            throw new Rejected(sentence.toString());
        }
        throw new IOException(sentence.toString());
    }

    /** The beginning of a text, of so many characters at most. */
    static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 3) + "...";
    }

    private static Optional<JsonNode> json(String body) {
        try {
            return Optional.of(MAPPER.readTree(body)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
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
