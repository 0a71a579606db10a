package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.live.http.LocalServer;
import org.plastic4j.training.trainer.Interrupt;

@Tag("slow")
class WatchTest {
    private static final Pattern ADDRESS = Pattern.compile("Live view: (http://127\\.0\\.0\\.1:\\d+/)");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int watch(Consumer<LocalServer> until, String... arguments) {
        return Watch.COMMAND.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                until);
    }

    private static String get(URI address) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void rejected(String sentence, String... arguments) {
        err.reset();
        assertThat(watch(server -> {}, arguments)).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(sentence + System.lineSeparator());
    }

    @Test
    void servesTheRunsOfItsFoldersUntilItEnds() {
        assertThat(watch(
                        server -> assertThat(get(server.address().resolve("api/runs")))
                                .contains(folder.toString()),
                        folder.toString(),
                        "--port=0"))
                .isEqualTo(Launcher.OK);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .matches("Live view: http://127.0.0.1:\\d+/ \\(this computer only\\). Ctrl-C ends it.\\R");
    }

    @Test
    void usageErrorsAreOneSentence() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        rejected(file + ": expected a folder, found a file.", file.toString());
        rejected("--port: expected a number from 0 to 65535, found 'x'.", "--port", "x");
        rejected("--prt: unknown option, did you mean --port?", "--prt", "1");
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            rejected(
                    "--port " + taken.getLocalPort() + ": expected a free port, found it taken.",
                    folder.toString(),
                    "--port=" + taken.getLocalPort());
        }
    }

    @Test
    void helpSaysWhatThereIsToChoose() {
        assertThat(watch(server -> {}, "--help")).isEqualTo(Launcher.OK);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("scripts/watch [DIR...]", "--port", "8480", "DIR is");
    }

    @Test
    void endingTheProcessEndsItWell() throws Exception {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "no signals here");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Watch.class.getName(),
                        "--port=0",
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        Matcher address = ADDRESS.matcher(process.inputReader().readLine());
        assertThat(address.find()).isTrue();
        assertThat(get(URI.create(address.group(1)))).contains("<title>Runs</title>");
        // Not by SIGINT, which a process ignores that was started in the background; Java ends in the same way.
        process.toHandle().destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(process.inputReader().lines()).isEmpty();
    }

    private int train(Quadratic experiment, String... arguments) {
        return new Launcher(new Interrupt())
                .launch(
                        arguments,
                        experiment,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private URI address() {
        Matcher address = ADDRESS.matcher(out.toString(StandardCharsets.UTF_8));
        assertThat(address.find()).isTrue();
        return URI.create(address.group(1));
    }

    @Test
    void runWithWatchIsServedAsLongAsItGoesOnAndTrainsTheSame() throws Exception {
        String[] arguments = {"--out", folder.resolve("run").toString(), "--seed", "5", "--watch"};
        Quadratic experiment = new Quadratic(step -> {
            if (step == 10) {
                assertThat(get(address().resolve("api/runs"))).contains("\"state\":\"running\"", "\"seed\":\"5\"");
            }
        });

        assertThat(train(experiment, arguments)).isEqualTo(Launcher.OK);

        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> get(address()))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(train(new Quadratic(), "--out", folder.resolve("same").toString(), "--seed", "5"))
                .isEqualTo(Launcher.OK);
        assertThat(folder.resolve("run/metrics.csv")).hasSameTextualContentAs(folder.resolve("same/metrics.csv"));
        assertThat(folder.resolve("run/report.html")).content().contains("<code>scripts/run quadratic --seed 5</code>");
    }

    @Test
    void sweepWithWatchHasOnePageForAllSeeds() throws Exception {
        assertThat(train(
                        new Quadratic(),
                        "--out",
                        folder.resolve("sweep").toString(),
                        "--seeds",
                        "1,2",
                        "--watch",
                        "--set",
                        "training.maxLifetimes=5",
                        "--set",
                        "training.stop=null"))
                .as(() -> err.toString(StandardCharsets.UTF_8))
                .isEqualTo(Launcher.OK);
        assertThat(out.toString(StandardCharsets.UTF_8)).containsOnlyOnce("Live view:");
        for (String seed : List.of("seed-1", "seed-2")) {
            assertThat(folder.resolve("sweep/" + seed + ".out")).content().doesNotContain("Live view");
        }
    }
}
