package org.plastic4j.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.testsupport.Browser;
import org.plastic4j.training.figure.Animation;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;
import org.plastic4j.training.run.RunDirectory;

/** The page in a real browser, where there is one. */
class ChromiumTest {
    @TempDir
    private static Path folder;

    @Test
    void scriptDrawsTheCurvesAndReadsOutTheirEndsWithoutAnErrorOrARequest() throws Exception {
        assumeTrue(Browser.find().isPresent(), "no Chromium here");
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

    @Test
    @Tag("slow")
    void nothingOfAReportIsWiderThanAPhone() throws Exception {
        RunDirectory directory = TinyRun.directory(folder.resolve("phone"));
        Picture wide = Picture.grey("wide", 100, new float[4_000], -1, 1);
        Figure moving = new Figure(
                "Moving",
                "It moves.",
                List.of(wide),
                Optional.empty(),
                Optional.of(new Animation("the same", List.of(wide, wide), 100)),
                Optional.empty());
        new RunReport(directory, TinyRun.session(() -> List.of(moving)), TinyRun.ERROR, 20, Optional.of(0.01))
                .tryWrite(TinyRun.OUTCOME);
        try (Browser browser = Browser.start()) {
            browser.show(390, 800, false);
            browser.open(directory.report().toUri());
            assertThat(browser.run("document.querySelectorAll('figure.large').length")
                            .asInt())
                    .isEqualTo(2);
            assertThat(browser.overflow()).isZero();
        }
    }

    private static Process start(Path page, Path dom, Path log) throws IOException {
        return new ProcessBuilder(
                        Browser.find().orElseThrow().toString(),
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
