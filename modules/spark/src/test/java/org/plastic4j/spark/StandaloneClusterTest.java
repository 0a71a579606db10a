package org.plastic4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.cli.Launcher;
import org.plastic4j.spark.Drivers.Driver;
import org.plastic4j.training.run.RunFacts;
import org.plastic4j.training.run.RunLock;

/** A cluster of a master and two workers, whose drivers and executors are processes of their own. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
class StandaloneClusterTest {
    /** Runs that take a few seconds, with many checkpoints on their way. */
    private static final String[] LONG = {
        "--set", "training.maxLifetimes=800", "--set", "training.checkpoints.every=20", "--set", "training.stop=null"
    };

    @TempDir
    private static Path shared;

    private static StandaloneCluster cluster;

    @TempDir
    private Path folder;

    private Drivers drivers;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = new StandaloneCluster(shared, 2);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void name() {
        drivers = new Drivers(folder);
    }

    private Driver onTheCluster(String name, Path out, String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of("--spark", cluster.url()));
        return drivers.sweep(name, StandaloneCluster.PROPERTIES, out, all.toArray(String[]::new));
    }

    /** The same runs in processes of this computer, once for all tests that have runs of a length. */
    private static Path local(String seeds, String... more) throws Exception {
        Path local = shared.resolve("local-" + seeds);
        if (!Files.exists(local)) {
            List<String> all = new ArrayList<>(List.of(more));
            all.addAll(List.of("--seeds", seeds, "--jobs", "2", "--threads", "2"));
            Driver here = new Drivers(shared).sweep("local", Map.of(), local, all.toArray(String[]::new));
            assertThat(here.exitCode()).as(here.text()).isZero();
        }
        return local;
    }

    private static void assertSame(Path sweep, Path local, int... seeds) {
        for (int seed : seeds) {
            for (String file : List.of("metrics.csv", "checkpoint/parameters.npz", "eval-test.json")) {
                String name = "seed-" + seed + "/" + file;
                assertThat(sweep.resolve(name)).hasSameBinaryContentAs(local.resolve(name));
            }
        }
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        Instant patience = Instant.now().plus(Duration.ofMinutes(5));
        while (!condition.call()) {
            assertThat(Instant.now()).as(what + " in time").isBefore(patience);
            Thread.sleep(20);
        }
    }

    private static boolean isFinished(Path run) {
        Path record = run.resolve("run.json");
        return Files.exists(record) && RunFacts.read(record).finished();
    }

    @Test
    @Timeout(1200)
    void eightRunsHaveTheBytesOfLocalRuns() throws Exception {
        Path sweep = folder.resolve("sweep");
        String[] more = {"--set", "training.maxLifetimes=60", "--set", "training.stop=null"};
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of("--seeds", "0-7"));

        Driver driver = onTheCluster("driver", sweep, all.toArray(String[]::new));

        assertThat(driver.exitCode()).as(driver.text()).isZero();
        assertThat(driver.text())
                .containsPattern("seed 7 \\(executor \\d+ on 127\\.0\\.0\\.1\\): Stopped after 60 lifetimes")
                .contains("All 8 seeds finished. Directory: " + sweep);
        Path local = local("0-7", more);
        assertSame(sweep, local, 0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(sweep.resolve("aggregate.csv")).hasSameBinaryContentAs(local.resolve("aggregate.csv"));
    }

    @Test
    @Timeout(1200)
    void runsOfAKilledExecutorResumeOnAnotherAndEndAsIfNothingHadHappened() throws Exception {
        Path sweep = folder.resolve("sweep");
        List<String> all = new ArrayList<>(List.of(LONG));
        all.addAll(List.of("--seeds", "0,1"));
        Driver driver = onTheCluster("driver", sweep, all.toArray(String[]::new));
        await(
                "checkpoints",
                () -> Files.exists(sweep.resolve("seed-0/checkpoint/parameters.npz"))
                        && Files.exists(sweep.resolve("seed-1/checkpoint/parameters.npz")));

        ProcessHandle executor = cluster.executors().get(0);
        // Hadoop starts a program of the system's now and then, such as chmod.
        List<ProcessHandle> runs = executor.children()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .toList();
        executor.destroyForcibly();

        await("the end of its run", () -> runs.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(runs).hasSize(1);
        assertThat(driver.exitCode()).as(driver.text()).isZero();
        String records =
                Files.readString(sweep.resolve("seed-0/run.json")) + Files.readString(sweep.resolve("seed-1/run.json"));
        assertThat(records).as("one has resumed").containsOnlyOnce("\"resumptions\"");
        assertSame(sweep, local("0-2", LONG), 0, 1);
    }

    @Test
    @Timeout(1200)
    void killedDriverThatIsStartedAgainRunsWhatIsMissing() throws Exception {
        Path sweep = folder.resolve("sweep");
        List<String> all = new ArrayList<>(List.of(LONG));
        all.addAll(List.of("--seeds", "0-2"));
        String[] more = all.toArray(String[]::new);
        Driver first = onTheCluster("first", sweep, more);
        // Of three on two cores, the third is begun when one of the others has ended.
        await("the third run's checkpoint", () -> Files.exists(sweep.resolve("seed-2/run.json")));

        Driver second = onTheCluster("second", sweep, more);
        assertThat(second.exitCode()).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(second.text().lines().filter(line -> !line.startsWith("WARNING:")))
                .containsExactly(sweep + ": another process is writing it, expected the run to be stopped.");

        first.process().destroyForcibly().waitFor();
        List<Path> finished = List.of(0, 1).stream()
                .map(seed -> sweep.resolve("seed-" + seed))
                .filter(StandaloneClusterTest::isFinished)
                .toList();
        assertThat(finished).isNotEmpty();
        assertThat(isFinished(sweep.resolve("seed-2"))).isFalse();
        List<FileTime> written = new ArrayList<>();
        for (Path run : finished) {
            written.add(Files.getLastModifiedTime(run.resolve("run.json")));
        }

        Driver again = onTheCluster("again", sweep, more);

        assertThat(again.exitCode()).as(again.text()).isZero();
        assertThat(again.text()).contains(finished.size() + " of 3 seeds are finished already in " + sweep);
        for (int i = 0; i < finished.size(); i++) {
            assertThat(Files.getLastModifiedTime(finished.get(i).resolve("run.json")))
                    .isEqualTo(written.get(i));
        }
        assertSame(sweep, local("0-2", LONG), 0, 1, 2);
    }

    @Test
    @Timeout(1200)
    void interruptedDriverLeavesCheckpointsThatTheSameCommandResumes() throws Exception {
        Path sweep = folder.resolve("sweep");
        List<String> all = new ArrayList<>(List.of(LONG));
        all.addAll(List.of("--seeds", "0-2"));
        String[] more = all.toArray(String[]::new);
        Driver first = onTheCluster("first", sweep, more);
        await("a run", () -> Files.exists(sweep.resolve("seed-0/run.json")));
        assertThat(RunLock.isHeld(sweep.resolve("seed-0")))
                .as("what the live page asks")
                .isTrue();

        // As Ctrl-C does.
        first.process().destroy();

        assertThat(first.exitCode()).as(first.text()).isEqualTo(Launcher.INTERRUPTED);
        assertThat(first.text()).contains("Interrupted; finished seeds and checkpoints of the others are in " + sweep);
        assertThat(RunFacts.read(sweep.resolve("seed-0/run.json")).outcome()).contains("interrupted");
        assertThat(sweep.resolve("seed-2/run.json")).doesNotExist();

        Driver again = onTheCluster("again", sweep, more);
        assertThat(again.exitCode()).as(again.text()).isZero();
        assertSame(sweep, local("0-2", LONG), 0, 1, 2);
    }

    @Test
    @Timeout(1200)
    void searchEvaluatesItsRunsOnTheClusterWithTheResultsOfALocalOne() throws Exception {
        Path here = folder.resolve("here");
        Path there = folder.resolve("there");
        List<String> search = List.of(
                "search",
                "--setting",
                "training.optimizer.learningRate",
                "--values",
                "1e-3,1e-2",
                "--configs",
                "regression",
                "--set",
                "training.maxLifetimes=10");

        for (Path out : List.of(here, there)) {
            List<String> arguments = new ArrayList<>(search);
            arguments.addAll(List.of("--out", out.toString()));
            if (out.equals(there)) {
                arguments.addAll(List.of("--spark", cluster.url()));
            }
            Driver driver = drivers.start(
                    "search", "org.plastic4j.binarypatterns.Main", StandaloneCluster.PROPERTIES, arguments);
            assertThat(driver.exitCode()).as(driver.text()).isZero();
            assertThat(out.resolve("results.md")).content().contains("A search of `training.optimizer.learningRate`");
        }
        for (String value : List.of("0.001", "0.01")) {
            for (String file : List.of("metrics.csv", "eval-validation.json")) {
                String name = "regression/" + value + "/seed-100/" + file;
                assertThat(there.resolve(name)).hasSameBinaryContentAs(here.resolve(name));
            }
        }
    }

    @Test
    @Timeout(1200)
    void executorWithoutTheFolderOfDataNamesIt() throws Exception {
        Path sweep = folder.resolve("sweep");
        Path data = folder.resolve("cifar");
        Driver driver = drivers.start(
                "driver",
                "org.plastic4j.naturalimages.Main",
                StandaloneCluster.PROPERTIES,
                List.of(
                        "--seeds",
                        "5",
                        "--out",
                        sweep.toString(),
                        "--set",
                        "data.dir=cifar",
                        "--spark",
                        cluster.url()));

        assertThat(driver.exitCode()).isEqualTo(Launcher.FAILURE);
        assertThat(driver.text())
                .containsPattern("seed 5 \\(executor \\d+ on 127\\.0\\.0\\.1\\): data\\.dir: expected a folder, found"
                        + " nothing at " + data + "\\.")
                .contains(
                        "1 of 1 seeds failed (seed 5 with exit code 2): " + sweep.resolve("seed-5.out") + " says why");
    }
}
