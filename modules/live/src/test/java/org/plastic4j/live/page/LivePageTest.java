package org.plastic4j.live.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.live.http.LocalServer;
import org.plastic4j.live.run.TestRuns;
import org.plastic4j.testsupport.Browser;
import org.plastic4j.training.run.RunDirectory;
import org.plastic4j.training.run.RunLock;

/** The page in a real browser, where there is one. */
@Tag("slow")
class LivePageTest {
    /** What the page shows of the first run's lifetimes. */
    private static final String LIFETIMES =
            "document.querySelector('#runs tbody tr td:nth-child(5) span')?.textContent";

    private static final String STATE = "document.querySelector('#runs tbody .state')?.textContent";

    @TempDir
    private Path folder;

    private LocalServer server;
    private Browser browser;

    @BeforeEach
    void open() throws IOException {
        browser = Browser.start();
        server = LiveView.serve(List.of(folder), 0);
        browser.show(1100, 800, false);
    }

    @AfterEach
    void end() {
        if (server != null) {
            server.close();
            browser.close();
        }
    }

    private String last(String column) {
        return "document.querySelector('[data-column=" + column + "]')?.dataset.last";
    }

    /** A run in a process of its own: five rows and, when it is told to, five more. */
    static final class Runner {
        public static void main(String[] arguments) throws Exception {
            RunDirectory run = TestRuns.begin(Path.of(arguments[0]), "tiny", 0, "oja");
            RunLock lock = RunLock.acquire(run.path());
            try {
                for (int rows = 0; ; rows += 5) {
                    TestRuns.rows(run, rows, rows + 5);
                    System.out.println(rows + 5);
                    if (System.in.read() == 'e') {
                        TestRuns.end(run, "tiny", 0, "max-lifetimes", 10L * (rows + 5));
                        return;
                    }
                }
            } finally {
                lock.close();
            }
        }
    }

    private Process runner() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Runner.class.getName(),
                        folder.resolve("run").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void tell(Process runner, char what) throws IOException {
        runner.outputWriter().write(what);
        runner.outputWriter().flush();
    }

    @Test
    void newRowsOfARunningJobAppearAndItsEndToo() throws Exception {
        browser.open(server.address());
        browser.await("document.getElementById('lead').textContent.startsWith('No runs in')");
        Process runner = runner();
        try {
            browser.await(LIFETIMES + " === '50 of 1,000'");
            browser.await(last("error") + " === '50'");
            assertThat(browser.run(STATE).asText()).isEqualTo("running");
            assertThat(runner.inputReader().readLine()).isEqualTo("5");
            tell(runner, 'm');
            assertThat(runner.inputReader().readLine()).isEqualTo("10");
            // A second between two looks, and time for a busy computer to draw.
            browser.await(LIFETIMES + " === '100 of 1,000'", Duration.ofSeconds(10));
            browser.await(last("error") + " === '100'");
            tell(runner, 'e');
            browser.await(STATE + " === 'finished'");
        } finally {
            runner.destroyForcibly();
        }
        browser.assertWell(server.address());
    }

    @Test
    void runThatIsKilledIsShownAsDeadAndItsCurvesStay() throws Exception {
        Process runner = runner();
        try {
            browser.open(server.address());
            browser.await(STATE + " === 'running'");
            runner.destroyForcibly();
            assertThat(runner.waitFor(60, TimeUnit.SECONDS)).isTrue();
            browser.await(STATE + " === 'died'");
            assertThat(browser.run(last("error")).asText()).isEqualTo("50");
        } finally {
            runner.destroyForcibly();
        }
        browser.assertWell(server.address());
    }

    @Test
    void pageOfAServerThatHasEndedKeepsWhatItShowedAndGoesOnWithTheNextOne() throws Exception {
        TestRuns.rows(TestRuns.begin(folder.resolve("run"), "tiny", 0, "oja"), 0, 5);
        browser.open(server.address());
        browser.await(last("error") + " === '50'");
        int port = server.address().getPort();
        server.close();
        browser.await("document.body.classList.contains('lost')");
        assertThat(browser.run(LIFETIMES).asText()).isEqualTo("50 of 1,000");
        server = LiveView.serve(List.of(folder), port);
        browser.await("!document.body.classList.contains('lost')");
        browser.await("document.getElementById('lead').textContent.includes('1 died')");
    }

    @Test
    void choicesChangeTheCurves() throws Exception {
        for (int seed = 0; seed < 3; seed++) {
            TestRuns.rows(TestRuns.begin(folder.resolve("sweep/seed-" + seed), "tiny", seed, "oja"), 0, 20 + seed);
        }
        TestRuns.rows(TestRuns.begin(folder.resolve("hebb"), "tiny", 0, "hebb"), 0, 30);
        TestRuns.begin(folder.resolve("other"), "another", 0, "hebb");
        browser.open(server.address());
        String legend = "[...document.querySelectorAll('[data-column=error] .u-series')].filter(row =>"
                + " row.style.display !== 'none').map(row => row.querySelector('.u-label').textContent).join()";
        browser.await(legend + " === 'lifetimes,hebb,sweep (3 seeds)'");
        choose("seeds", "single");
        browser.await(legend + " === 'lifetimes,hebb,sweep, seed 0,sweep, seed 1,sweep, seed 2'");
        choose("x", "log");
        choose("y", "linear");
        browser.await("document.querySelector('[data-column=error] figcaption')");
        browser.run("document.querySelector('#runs tbody tr input').click()");
        browser.await("!" + legend + ".includes('hebb')");
        assertThat(browser.run("document.querySelector('#settings tbody').textContent")
                        .asText())
                .isEqualTo("network.rulehebboja");
        choose("experiment", "another");
        browser.await("document.querySelectorAll('#runs tbody tr').length === 1");
        browser.await("document.querySelectorAll('#charts figure').length === 0");
        browser.assertWell(server.address());
    }

    private void choose(String id, String value) {
        browser.run("(e => { e.value = '" + value
                + "'; e.dispatchEvent(new Event('change')); })(document.getElementById('" + id + "'))");
    }

    @Test
    void everythingHasALabelAndFitsOnAPhone() throws Exception {
        for (int seed = 0; seed < 3; seed++) {
            TestRuns.rows(TestRuns.begin(folder.resolve("sweep/seed-" + seed), "tiny", seed, "oja"), 0, 20 + seed);
        }
        TestRuns.rows(TestRuns.begin(folder.resolve("a-rather-long-name-of-a-run"), "tiny", 0, "hebb"), 0, 30);
        Files.writeString(folder.resolve("sweep/seed-0/report.html"), "<p>report</p>");
        browser.show(360, 740, true);
        browser.open(server.address());
        browser.await("document.querySelectorAll('#charts canvas').length === 3");
        assertThat(browser.overflow()).isZero();
        assertThat(browser.run("[...document.querySelectorAll('select, input')]"
                                + ".every(e => e.labels.length > 0 || e.getAttribute('aria-label'))")
                        .asBoolean())
                .isTrue();
        assertThat(browser.run("getComputedStyle(document.body).backgroundColor")
                        .asText())
                .isEqualTo("rgb(20, 24, 31)");
        // Past the two links.
        browser.press("Tab");
        browser.press("Tab");
        browser.press("Tab");
        assertThat(browser.run("document.activeElement.id").asText()).isEqualTo("experiment");
        browser.assertWell(server.address());
    }
}
