package org.plastic4j.live.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.live.http.LocalServer;
import org.plastic4j.live.run.TestRuns;
import org.plastic4j.training.run.RunDirectory;

@Tag("slow")
class LiveViewTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    private LocalServer server;

    @BeforeEach
    void serve() {
        server = LiveView.serve(List.of(folder), 0);
    }

    @AfterEach
    void end() {
        server.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.address().resolve(path)).build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return MAPPER.readTree(response.body());
    }

    private static List<String> labels(JsonNode chart) {
        List<String> labels = new ArrayList<>();
        chart.path("spec")
                .path("lines")
                .forEach(line -> labels.add(line.path("label").asText()));
        return labels;
    }

    private RunDirectory run(String path, long seed, String rule, int rows) throws IOException {
        RunDirectory run = TestRuns.begin(folder.resolve(path), "tiny", seed, rule);
        TestRuns.rows(run, 0, rows);
        return run;
    }

    @Test
    void listSaysOfEveryRunWhatItIsAndWhereItsReportIs() throws Exception {
        RunDirectory run = run("hebb/seed-3", 3, "hebb", 5);
        TestRuns.end(run, "tiny", 3, "max-lifetimes", 50);
        Files.writeString(run.report(), "<p>the report</p>");
        run("oja", 0, "oja", 4);

        JsonNode list = json("api/runs");

        JsonNode first = list.path("runs").get(0);
        assertThat(first.path("name").asText()).isEqualTo("hebb/seed-3");
        assertThat(first.path("seed").asText()).isEqualTo("3");
        assertThat(first.path("state").asText()).isEqualTo("finished");
        assertThat(first.path("lifetimes").asLong()).isEqualTo(50);
        assertThat(first.path("maxLifetimes").asLong()).isEqualTo(1000);
        assertThat(first.path("value").asText()).isEqualTo("1.50%");
        assertThat(first.path("report").asBoolean()).isTrue();
        assertThat(list.path("runs").get(1).path("state").asText()).isEqualTo("died");
        assertThat(list.path("runs").get(1).path("report").asBoolean()).isFalse();
        assertThat(list.path("differences").path("rows").toString()).isEqualTo("[[\"network.rule\",\"hebb\",\"oja\"]]");
        HttpResponse<String> report = get("runs/" + first.path("id") + "/report.html");
        assertThat(report.body()).isEqualTo("<p>the report</p>");
        assertThat(report.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'; img-src data:"));
        assertThat(get("runs/" + list.path("runs").get(1).path("id") + "/report.html")
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("runs/77/report.html").statusCode()).isEqualTo(404);
    }

    @Test
    void reportThatIsALinkIsNotServed() throws Exception {
        RunDirectory run = run("run", 0, "oja", 2);
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(run.report(), secret);
        int id = json("api/runs").path("runs").get(0).path("id").asInt();
        assertThat(get("runs/" + id + "/report.html").statusCode()).isEqualTo(404);
    }

    @Test
    void answerIsShortWhereNothingHasChanged() throws Exception {
        run("run", 0, "oja", 2);
        long version = json("api/runs").path("version").asLong();
        assertThat(json("api/runs?since=" + version))
                .isEqualTo(MAPPER.createObjectNode().put("version", (int) version));
        assertThat(json("api/charts?since=" + version))
                .isEqualTo(MAPPER.createObjectNode().put("version", (int) version));
    }

    @Test
    void singleRunIsDrawnAsInItsReport() throws Exception {
        run("run", 0, "oja", 50);
        JsonNode charts = json("api/charts").path("charts");
        assertThat(charts.findValuesAsText("column")).containsExactly("error", "loss", "eta");
        JsonNode error = charts.get(0);
        assertThat(labels(error)).containsExactly("single rows", "run");
        assertThat(error.path("caption").asText()).isEqualTo("bit error rate: mean of 20 lifetimes");
        assertThat(error.path("spec").path("fraction").asBoolean()).isTrue();
        assertThat(error.path("spec").path("floor").asDouble()).isEqualTo(0.01);
        assertThat(error.path("spec").path("x").get(0).asDouble()).isEqualTo(10);
        assertThat(error.path("spec").path("lines").get(0).path("values").get(0).asDouble())
                .isEqualTo(0.5);
    }

    @Test
    void seedsAreABandOrCurvesOfTheirOwn() throws Exception {
        run("sweep/seed-0", 0, "oja", 30);
        run("sweep/seed-1", 1, "oja", 40);
        JsonNode band = json("api/charts").path("charts").get(0);
        assertThat(labels(band)).containsExactly("sweep, greatest", "sweep, least", "sweep (2 seeds)");
        assertThat(band.path("spec").path("bands").toString()).isEqualTo("[[0,1]]");
        assertThat(labels(json("api/charts?seeds=single").path("charts").get(0)))
                .containsExactly("sweep, seed 0", "sweep, seed 1");
        int hidden = json("api/runs").path("runs").get(0).path("id").asInt();
        assertThat(labels(json("api/charts?hide=" + hidden).path("charts").get(0)))
                .containsExactly("single rows", "sweep");
    }

    @Test
    void axesAndSmoothingAreTheUsersChoice() throws Exception {
        run("run", 0, "oja", 50);
        JsonNode chosen =
                json("api/charts?y=linear&x=log&smoothing=0").path("charts").get(0);
        assertThat(chosen.path("spec").path("floor").asDouble()).isZero();
        assertThat(chosen.path("logX").asBoolean()).isTrue();
        assertThat(labels(chosen)).containsExactly("run");
        assertThat(chosen.path("spec")
                        .path("lines")
                        .get(0)
                        .path("values")
                        .get(0)
                        .asDouble())
                .isEqualTo(0.5);
        JsonNode eta = json("api/charts?y=log&smoothing=0.1").path("charts").get(2);
        assertThat(eta.path("spec").path("floor").asDouble()).isEqualTo(0.01);
        assertThat(eta.path("caption").asText()).isEqualTo("eta: mean of 50 lifetimes");
        assertThat(get("api/charts?y=crooked").statusCode()).isEqualTo(400);
        assertThat(get("api/charts?smoothing=2").statusCode()).isEqualTo(400);
        assertThat(get("api/charts?smoothing=x").statusCode()).isEqualTo(400);
        assertThat(get("api/charts?since=x").statusCode()).isEqualTo(400);
    }

    @Test
    void folderWithoutRunsHasAPageAndNoCharts() throws Exception {
        assertThat(json("api/runs").path("runs")).isEmpty();
        assertThat(json("api/charts").path("charts")).isEmpty();
        assertThat(get("").statusCode()).isEqualTo(200);
    }

    @Test
    void runOfAMillionRowsIsThinnedOut() throws Exception {
        RunDirectory run = run("run", 0, "oja", 0);
        try (BufferedWriter csv = Files.newBufferedWriter(run.metricsCsv(), StandardOpenOption.APPEND)) {
            for (int k = 1; k <= 1_000_000; k++) {
                csv.write(k + "," + 1.0 / k + ",1,0.5\n");
            }
        }
        HttpResponse<String> charts = get("api/charts");
        assertThat(charts.body().length()).isLessThan(100_000);
        JsonNode x = MAPPER.readTree(charts.body())
                .path("charts")
                .get(0)
                .path("spec")
                .path("x");
        assertThat(x.get(x.size() - 1).asLong()).isEqualTo(1_000_000);
        assertThat(json("api/runs").path("runs").get(0).path("lifetimes").asLong())
                .isEqualTo(1_000_000);
    }

    @Test
    void hundredsOfRunsAreShownWithFewerPointsEach() throws Exception {
        for (int k = 0; k < 400; k++) {
            run("run-" + k, 0, "rule-" + k, 200);
        }
        HttpResponse<String> charts = get("api/charts");
        JsonNode error = MAPPER.readTree(charts.body()).path("charts").get(0);
        assertThat(error.path("spec").path("lines")).hasSize(400);
        assertThat(error.path("spec").path("x").size()).isBetween(80, 160);
        assertThat(charts.body().length()).isLessThan(4_000_000);
        JsonNode list = json("api/runs");
        assertThat(list.path("runs")).hasSize(400);
        assertThat(list.path("differences").path("names")).hasSize(12);
        assertThat(list.path("differences").path("groups").asInt()).isEqualTo(400);
    }

    @Test
    void nothingIsWrittenIntoTheFolder() throws Exception {
        run("a", 0, "oja", 5);
        run("b", 1, "oja", 5);
        Set<String> before = files();
        for (String path : List.of("", "api/runs", "api/charts", "runs/0/report.html", "charts.js", "uplot.js")) {
            get(path);
        }
        assertThat(files()).isEqualTo(before);
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            Set<String> files = new TreeSet<>();
            for (Path file : all.toList()) {
                files.add(file + " " + Files.getLastModifiedTime(file));
            }
            return files;
        }
    }
}
