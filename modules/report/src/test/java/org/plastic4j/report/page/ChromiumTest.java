package org.plastic4j.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.run.RunDirectory;

/** The page in a real browser, where there is one. */
class ChromiumTest {
    @TempDir
    private static Path folder;

    private static Optional<Path> chromium() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(path -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(Path.of(path)::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Test
    void scriptDrawsTheCurvesAndReadsOutTheirEndsWithoutAnErrorOrARequest() throws Exception {
        assumeTrue(chromium().isPresent(), "no Chromium here");
        RunDirectory directory = TinyRun.directory(folder.resolve("run"));
        new RunReport(directory, TinyRun.session(TinyRun::figures), TinyRun.ERROR, 20, Optional.of(0.01))
                .tryWrite(TinyRun.OUTCOME);
        Path dom = folder.resolve("dom.html");
        Path log = folder.resolve("log.txt");
        Process browser = start(directory.report(), dom, log);

        assertThat(browser.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String page = Files.readString(dom);
        assertThat(page).contains("data-drawn=\"yes\"").containsPattern("mean of 20.{0,99}class=\"u-value\">[0-9.]+%");
        assertThat(page.split("data-drawn=\"yes\"", -1)).hasSize(4);
        // What the page's policy forbids, such as any request, would be said here, too.
        assertThat(Files.readString(log)).doesNotContain("CONSOLE", "Uncaught", "Refused to");
    }

    private static Process start(Path page, Path dom, Path log) throws IOException {
        return new ProcessBuilder(
                        chromium().orElseThrow().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--enable-logging=stderr",
                        "--host-resolver-rules=MAP * ~NOTFOUND",
                        // Its last processes may still write there when the test is over.
                        "--user-data-dir="
                                + Path.of("target", "chromium-" + System.nanoTime())
                                        .toAbsolutePath(),
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
    }
}
