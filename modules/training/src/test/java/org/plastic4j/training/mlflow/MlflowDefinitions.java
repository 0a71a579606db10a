package org.plastic4j.training.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What MLflow publishes of its REST API 2.0, as far as a run needs it: endpoints, methods, the fields of requests with their
 * types, the names that keys may have, and the limits of a batch. Read off mlflow/protos/service.proto and the page of the REST
 * API (docs/api_reference/source/rest-api.rst, commit 0026b08dc1b9) that MLflow makes of it, and mlflow/utils/validation.py;
 * no server of MLflow takes part in the tests. {@code run_name} is known since MLflow 2, of which 1 makes nothing.
 */
final class MlflowDefinitions {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String API = "/api/2.0/mlflow/";
    private static final int LONGEST_KEY = 250;
    private static final int LARGEST_REQUEST = 1_000_000;

    /** Types of fields; what ends in [] is an array of messages. */
    private static final Map<String, Map<String, String>> MESSAGES = Map.of(
            "experiments/create",
            Map.of("name", "STRING", "artifact_location", "STRING", "tags", "pair[]"),
            "runs/create",
            Map.of(
                    "experiment_id", "STRING",
                    "user_id", "STRING",
                    "run_name", "STRING",
                    "start_time", "INT64",
                    "tags", "pair[]"),
            "runs/update",
            Map.of(
                    "run_id", "STRING",
                    "run_uuid", "STRING",
                    "status", "STATUS",
                    "end_time", "INT64",
                    "run_name", "STRING"),
            "runs/log-batch",
            Map.of("run_id", "STRING", "metrics", "metric[]", "params", "pair[]", "tags", "pair[]"),
            "metric",
            Map.of("key", "KEY", "value", "DOUBLE", "timestamp", "INT64", "step", "INT64"),
            "pair",
            Map.of("key", "KEY", "value", "STRING"));

    private static final Map<String, Set<String>> REQUIRED = Map.of(
            "experiments/create", Set.of("name"),
            "runs/create", Set.of("experiment_id"),
            "runs/update", Set.of("run_id"),
            "runs/log-batch", Set.of("run_id"),
            "metric", Set.of("key", "value", "timestamp"),
            "pair", Set.of("key", "value"));

    private static final Map<String, Integer> MOST = Map.of("metrics", 1000, "params", 100, "tags", 100);
    private static final Set<String> STATUS = Set.of("RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED");

    private MlflowDefinitions() {}

    /** What a request has that is not in the definitions. */
    static Optional<String> problem(HttpExchange exchange, String body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String endpoint = path.startsWith(API) ? path.substring(API.length()) : path;
        if (endpoint.equals("experiments/get-by-name")) {
            boolean fits = exchange.getRequestMethod().equals("GET")
                    && exchange.getRequestURI().getQuery().matches("experiment_name=[^&]+");
            return fits
                    ? Optional.empty()
                    : Optional.of(exchange.getRequestURI().toString());
        }
        if (!exchange.getRequestMethod().equals("POST") || !endpoint.contains("/") || !MESSAGES.containsKey(endpoint)) {
            return Optional.of(exchange.getRequestMethod() + " " + path);
        }
        if (!List.of("application/json").equals(exchange.getRequestHeaders().get("Content-Type"))) {
            return Optional.of(endpoint + ": no JSON");
        }
        if (body.length() > LARGEST_REQUEST) {
            return Optional.of(endpoint + ": " + body.length() + " bytes");
        }
        return problem(endpoint, MAPPER.readTree(body));
    }

    private static Optional<String> problem(String message, JsonNode value) {
        for (String name : REQUIRED.get(message)) {
            if (!value.has(name)) {
                return Optional.of(message + ": without " + name);
            }
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String name = field.getKey();
            String type = MESSAGES.get(message).getOrDefault(name, "unknown");
            Optional<String> problem = type.endsWith("[]")
                    ? elements(name, type.substring(0, type.length() - 2), field.getValue())
                    : fits(type, field.getValue()) ? Optional.empty() : Optional.of(name + " = " + field.getValue());
            if (problem.isPresent()) {
                return Optional.of(message + ": " + problem.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> elements(String name, String message, JsonNode array) {
        if (!array.isArray() || array.size() > MOST.get(name)) {
            return Optional.of(array.size() + " " + name);
        }
        for (JsonNode element : array) {
            Optional<String> problem = problem(message, element);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static boolean fits(String type, JsonNode value) {
        return switch (type) {
            case "STRING" -> value.isTextual();
            case "KEY" -> value.isTextual() && value.asText().matches("[/\\w.\\- ]{1," + LONGEST_KEY + "}");
            case "INT64" -> value.isIntegralNumber();
            case "DOUBLE" -> value.isNumber();
            case "STATUS" -> STATUS.contains(value.asText());
            default -> false;
        };
    }
}
