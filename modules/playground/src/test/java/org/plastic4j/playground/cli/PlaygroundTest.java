package org.plastic4j.playground.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.cli.Launcher;
import org.plastic4j.live.http.LocalServer;

@Tag("slow")
class PlaygroundTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private static String networks(LocalServer server) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(server.address().resolve("api/networks"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int play(String... arguments) {
        return Playground.play(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                server -> assertThat(networks(server)).contains("\"name\":\"drawings\"", "\"name\":\"maze-plastic\""));
    }

    private int bundle(String... arguments) {
        return BundleNetwork.bundle(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void servesItsNetworksUntilItEnds() {
        assertThat(play("--port=0")).isEqualTo(Launcher.OK);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .matches("Playground: http://127.0.0.1:\\d+/ \\(this computer only\\). Ctrl-C ends it.\\R");
    }

    @Test
    void usageErrorsAreOneSentence() {
        assertThat(play("--port", "x")).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(play("runs")).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(bundle(folder.toString())).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(bundle(folder.toString(), "name", "--out", folder.toString()))
                .isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "--port: expected a number from 0 to 65535, found 'x'.",
                        "unexpected argument 'runs', expected options only: --help, --port.",
                        "expected the directory of a run and a name in small letters, as in runs/pictures pictures.",
                        "--run " + folder + ": expected the directory of a run, found no config.yaml in it.");
    }

    @Test
    void helpSaysWhatThereIsToChoose() {
        assertThat(play("--help")).isEqualTo(Launcher.OK);
        assertThat(bundle("--help")).isEqualTo(Launcher.OK);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("scripts/playground", "8481", "scripts/bundle-network DIR NAME");
    }
}
