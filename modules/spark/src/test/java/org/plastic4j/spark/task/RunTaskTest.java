package org.plastic4j.spark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A task without Spark around it, whose run is one that only writes. */
@DisabledOnOs(OS.WINDOWS)
@Tag("slow")
class RunTaskTest {
    @TempDir
    private Path folder;

    private StoreFiles files;

    @BeforeEach
    void open() throws IOException {
        TestFileSystem.recover();
        files = StoreFiles.open(root(), TestFileSystem.SETTINGS);
        files.makeFolder("");
        mark("driver", false);
    }

    @AfterEach
    void recover() {
        TestFileSystem.recover();
    }

    private URI root() {
        return URI.create("test://" + folder.resolve("store"));
    }

    private void mark(String driver, boolean stopping) throws IOException {
        files.write(DriverMark.FILE, new DriverMark(driver, "host", 1, 1, 0, stopping).text());
    }

    private RunOrder order(int rows, long pause, int code) {
        List<String> rest = List.of("seed-1", Integer.toString(rows), Long.toString(pause), Integer.toString(code));
        return new RunOrder(
                "seed 1",
                root(),
                "seed-1",
                "seed-1.out",
                "driver",
                List.of("-Xshare:auto"),
                List.of(ScriptedRun.class.getName()),
                List.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))),
                false,
                Stream.concat(Stream.of("begin"), rest.stream()).toList(),
                Stream.concat(Stream.of("resume"), rest.stream()).toList(),
                null,
                Map.of(),
                TestFileSystem.SETTINGS,
                50);
    }

    private static CompletableFuture<RunTask.Result> start(RunOrder order) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return new RunTask().call(order);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    private Path stored(String name) {
        return folder.resolve("store").resolve(name);
    }

    private void await(Path file) throws InterruptedException {
        Instant patience = Instant.now().plus(Duration.ofSeconds(60));
        while (!Files.exists(file)) {
            assertThat(Instant.now()).as("%s in time", file).isBefore(patience);
            Thread.sleep(10);
        }
    }

    private static List<String> rows(int count) {
        return Stream.concat(
                        Stream.of("lifetimes"),
                        Stream.iterate(1, row -> row + 1).map(String::valueOf))
                .limit(count + 1L)
                .toList();
    }

    @Test
    void runIsWholeInTheStoreWhenItsTaskEnds() throws Exception {
        assertThat(new RunTask().call(order(4, 0, 0))).isEqualTo(new RunTask.Result(0, null));

        assertThat(stored("seed-1/metrics.csv")).content().isEqualTo(String.join("\n", rows(4)) + "\n");
        assertThat(stored("seed-1/run.json")).content().contains("max-lifetimes");
        assertThat(stored("seed-1.out")).content().isEqualTo("all said\n");
        assertThat(ScriptedRun.rowOfCheckpoint(stored("seed-1"))).isEqualTo(4);
    }

    @Test
    void failureOfTheRunItselfIsNoFailureOfTheTask() throws Exception {
        assertThat(new RunTask().call(order(1, 0, 2)).code()).isEqualTo(2);
        assertThat(stored("seed-1.out")).content().isEqualTo("all said\n");
    }

    @Test
    void killedProcessFailsTheTaskAndTheNextAttemptResumes() throws Exception {
        CompletableFuture<RunTask.Result> first = start(order(1000, 20, 0));
        await(stored("seed-1/checkpoint/state.json"));
        await(stored("seed-1/run.json"));
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);

        assertThatThrownBy(() -> first.get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(RunStopped.class)
                .hasMessage("seed 1: its process was killed (exit code 137, signal 9)");

        int checkpoint = ScriptedRun.rowOfCheckpoint(stored("seed-1"));
        assertThat(new RunTask().call(order(checkpoint + 5, 0, 0)).code()).isZero();
        assertThat(stored("seed-1/metrics.csv")).hasContent(String.join("\n", rows(checkpoint + 5)));
        assertThat(checkpoint).isPositive();
    }

    @Test
    void driverThatStopsItsRunsGetsTheirCheckpoints() throws Exception {
        CompletableFuture<RunTask.Result> run = start(order(100_000, 5, 0));
        await(stored("seed-1/checkpoint/state.json"));
        mark("driver", true);

        assertThat(run.get(60, TimeUnit.SECONDS)).isEqualTo(new RunTask.Result(130, null));
        int rows = Files.readAllLines(stored("seed-1/metrics.csv")).size() - 1;
        assertThat(ScriptedRun.rowOfCheckpoint(stored("seed-1"))).isEqualTo(rows);
        assertThat(new RunTask().call(order(1, 0, 0)).code())
                .as("not begun any more")
                .isEqualTo(130);
    }

    @Test
    void executorWritesNothingIntoTheFolderOfAnotherDriver() throws Exception {
        CompletableFuture<RunTask.Result> run = start(order(100_000, 5, 0));
        await(stored("seed-1/checkpoint/state.json"));
        mark("another", false);

        assertThatThrownBy(() -> run.get(60, TimeUnit.SECONDS))
                .cause()
                .hasMessageEndingWith(
                        "/store: expected the folder that the driver writes, found that of another driver: it has to be"
                                + " one that driver and executors share");
        byte[] metrics = Files.readAllBytes(stored("seed-1/metrics.csv"));
        Thread.sleep(200);
        assertThat(stored("seed-1/metrics.csv")).hasBinaryContent(metrics);
    }

    @Test
    void folderThatDriverAndExecutorDoNotShareIsNamed() throws Exception {
        files.delete(DriverMark.FILE);

        assertThatThrownBy(() -> new RunTask().call(order(1, 0, 0)))
                .isInstanceOf(RunStopped.class)
                .hasMessage(root().toString().replace("test:///", "test:/")
                        + ": expected the folder that the driver writes, found no driver's: it has to be one that driver"
                        + " and executors share");
    }

    @Test
    void fullStoreEndsTheRunInOneSentenceWithNothingHalfWritten() throws Exception {
        CompletableFuture<RunTask.Result> run = start(order(100_000, 5, 0));
        await(stored("seed-1/checkpoint/state.json"));
        TestFileSystem.SPACE.set(10);

        RunTask.Result result = run.get(60, TimeUnit.SECONDS);

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.problem())
                .endsWith("/store/seed-1: cannot be written (No space left on device); the last checkpoint there is"
                        + " whole, and the same command resumes it");
        try (Stream<Path> all = Files.walk(folder.resolve("store"))) {
            assertThat(all.map(Path::toString)).noneMatch(name -> name.matches(".*(\\.part|\\.new|\\.old)"));
        }
        TestFileSystem.recover();
        int checkpoint = ScriptedRun.rowOfCheckpoint(stored("seed-1"));
        assertThat(new RunTask().call(order(checkpoint + 2, 0, 0)).code()).isZero();
        assertThat(stored("seed-1/metrics.csv")).hasContent(String.join("\n", rows(checkpoint + 2)));
    }
}
