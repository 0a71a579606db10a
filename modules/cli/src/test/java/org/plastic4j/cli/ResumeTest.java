package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.metric.CsvMetrics;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.trainer.Interrupt;

@Tag("slow")
class ResumeTest {
    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int launch(Quadratic experiment, Interrupt interrupt, String... arguments) {
        outBytes.reset();
        errBytes.reset();
        return new Launcher(interrupt)
                .launch(
                        arguments,
                        experiment,
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    }

    private int launch(String... arguments) {
        return launch(new Quadratic(), new Interrupt(), arguments);
    }

    private String out() {
        return outBytes.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }

    private Path run() {
        return folder.resolve("run");
    }

    /** A run of at most 200 lifetimes, batch 3, a row every 7, that is interrupted after some updates. */
    private void interrupted(int updates) {
        Interrupt interrupt = new Interrupt();
        Quadratic stopping = new Quadratic(step -> {
            if (step == updates) {
                interrupt.request();
            }
        });
        assertThat(launch(stopping, interrupt, arguments(run()))).isEqualTo(Launcher.INTERRUPTED);
    }

    private static String[] arguments(Path run, String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "--set",
                "training.maxLifetimes=200",
                "--set",
                "training.batch=3",
                "--set",
                "training.logEvery=7",
                "--set",
                "training.stop=null",
                "--set",
                "training.checkpoints.every=20",
                "--seed",
                "6",
                "--out",
                run.toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private void sameAs(Path whole) {
        for (String file : List.of(
                "config.yaml",
                "metrics.csv",
                "metrics.jsonl",
                "checkpoint/parameters.npz",
                "checkpoint/optimizer.npz",
                "checkpoints/best/parameters.npz")) {
            assertThat(run().resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
    }

    @Test
    void resumedRunLeavesTheFilesOfAnUninterruptedOne() throws Exception {
        Path whole = folder.resolve("whole");
        launch(arguments(whole));
        interrupted(23);

        assertThat(launch("--resume", run().toString())).as(err()).isZero();

        sameAs(whole);
        JsonNode facts = new ObjectMapper().readTree(run().resolve("run.json").toFile());
        assertThat(facts.at("/outcome").asText()).isEqualTo("max-lifetimes");
        assertThat(facts.at("/arguments/0").asText()).isEqualTo("--set");
        assertThat(facts.at("/resumptions/0/lifetimes").asLong()).isEqualTo(69);
        assertThat(facts.at("/resumptions/0/arguments/0").asText()).isEqualTo("--resume");
        assertThat(out()).contains("Stopped after 201 lifetimes");
    }

    @Test
    void timesOfAResumedRunGoOnWhereTheyWere() throws Exception {
        interrupted(23);
        double before = new ObjectMapper()
                .readTree(run().resolve("run.json").toFile())
                .at("/seconds")
                .asDouble();
        int rows = MetricTable.read(run().resolve("times.csv")).rows().size();
        Thread.sleep(50);

        assertThat(launch("--resume", run().toString())).as(err()).isZero();

        MetricTable times = MetricTable.read(run().resolve("times.csv"));
        assertThat(times.names()).containsExactly("lifetimes", "seconds");
        assertThat(times.column("lifetimes"))
                .isEqualTo(MetricTable.read(run().resolve("metrics.csv")).column("lifetimes"));
        double[] seconds = times.column("seconds");
        assertThat(seconds).isSorted();
        assertThat(rows).isLessThan(seconds.length);
        // Not the time between the parts: the second one begins at the first one's end.
        assertThat(seconds[seconds.length - 1]).isGreaterThan(before);
        assertThat(seconds[0]).isLessThanOrEqualTo(before);
    }

    @Test
    void rowsThatAKillLeftAfterTheCheckpointAreWrittenAgain() throws Exception {
        Path whole = folder.resolve("whole");
        launch(arguments(whole));
        interrupted(30);
        Files.writeString(run().resolve("metrics.csv"), "99,7,7,7\n108,7,", java.nio.file.StandardOpenOption.APPEND);

        assertThat(launch("--resume", run().toString())).isZero();

        sameAs(whole);
    }

    @Test
    void runMayBecomeLonger() throws Exception {
        Path whole = folder.resolve("whole");
        launch(arguments(whole, "--set", "training.maxLifetimes=400"));
        launch(arguments(run()));

        assertThat(launch("--resume", run().toString(), "--set", "training.maxLifetimes=400"))
                .as(err())
                .isZero();

        sameAs(whole);
    }

    @Test
    void anyOtherChangeIsRejectedNamingBothValues() {
        interrupted(5);

        assertThat(launch("--resume", run().toString(), "--set", "training.batch=4"))
                .isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err())
                .isEqualTo("training.batch: expected 3, as in %s, found 4: a resumed run can only become longer"
                                .formatted(run().resolve("config.yaml"))
                        + " (--set training.batch=4).\n");
        assertThat(launch("--resume", run().toString(), "--set", "training.stop={window: 2, target: 1}"))
                .isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).startsWith("training.stop: expected null, as in ").hasLineCount(1);
        assertThat(launch("--resume", run().toString(), "--set", "training.maxLifetimes=100"))
                .isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).startsWith("training.maxLifetimes: expected at least 200, as in ");
        assertThat(launch("--resume", run().toString(), "--set", "training.batch=3"))
                .isZero();
    }

    @Test
    void configurationThatWasEditedIsRejectedNamingBothValues() throws Exception {
        interrupted(5);
        Path config = run().resolve("config.yaml");
        Files.writeString(config, Files.readString(config).replace("batch: 3", "batch: 5"));

        assertThat(launch("--resume", run().toString())).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).isEqualTo(config + ": training.batch: expected 3, as in the checkpoint, found 5.\n");
    }

    @Test
    void finishedRunIsSaidToBeFinished() {
        launch(arguments(run()));

        assertThat(launch("--resume", run().toString())).isZero();
        assertThat(err()).isEmpty();
        assertThat(out())
                .isEqualTo(run() + ": this run is finished (max-lifetimes after 201 lifetimes);"
                        + " --set training.maxLifetimes=N makes it longer.\n");
    }

    @Test
    void directoryWithoutARunIsRejected() throws Exception {
        assertThat(launch("--resume", run().toString())).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).isEqualTo("--resume %s: expected the directory of a run, found nothing.%n".formatted(run()));
        Files.createDirectory(run());
        assertThat(launch("--resume", run().toString())).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err())
                .isEqualTo(
                        "--resume %s: expected the directory of a run, found no config.yaml in it.%n".formatted(run()));
    }

    @Test
    void damagedCheckpointIsRejectedAndNothingIsTouched() throws Exception {
        interrupted(30);
        Path file = run().resolve("checkpoint/parameters.npz");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        String metrics = Files.readString(run().resolve("metrics.csv"));

        assertThat(launch("--resume", run().toString())).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err())
                .isEqualTo(file + ": damaged, it is not the file that was written with state.json beside it.\n");
        assertThat(run().resolve("metrics.csv")).hasContent(metrics);
    }

    @Test
    void metricsThatLackTheCheckpointsRowAreRejected() throws Exception {
        interrupted(30);
        Files.writeString(run().resolve("metrics.csv"), "lifetimes,error,loss,eta\n");

        assertThat(launch("--resume", run().toString())).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err())
                .isEqualTo("%s: expected a row at 90 lifetimes, where the checkpoint is, found none.%n"
                        .formatted(run().resolve("metrics.csv")));
    }

    @Test
    void runThatAnotherProcessWritesIsRejected() {
        interrupted(30);
        try (CsvMetrics other = CsvMetrics.resume(run().resolve("metrics.csv"), 90)) {
            other.sync();
            assertThat(launch("--resume", run().toString())).isEqualTo(Launcher.USAGE_ERROR);
            assertThat(err())
                    .isEqualTo("%s: another process is writing it, expected the run to be stopped.%n"
                            .formatted(run().resolve("metrics.csv")));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void fullDiskIsOneSentenceAndTheRunGoesOnWhenThereIsRoomAgain() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(mount("mount", "-t", "tmpfs", "-o", "size=200k", "none", disk.toString()), "may mount a tmpfs");
        try {
            Path run = disk.resolve("run");
            Path ballast = disk.resolve("ballast");
            int code = launch(
                    new Quadratic(step -> {
                        if (step == 15) {
                            fill(ballast);
                        }
                    }),
                    new Interrupt(),
                    "--config",
                    "long",
                    "--set",
                    "training.logEvery=1000",
                    "--set",
                    "training.checkpoints.every=10",
                    "--out",
                    run.toString());

            assertThat(code).isEqualTo(Launcher.FAILURE);
            assertThat(err())
                    .isEqualTo("%1$s: the checkpoint cannot be written (No space left on device); the last good"
                                    .formatted(run.resolve("checkpoint"))
                            + " checkpoint is %s; see %s.%n"
                                    .formatted(run.resolve("checkpoint"), run.resolve("run.log")));
            assertThat(run.resolve("config.yaml")).isNotEmptyFile();
            assertThat(new CheckpointFolder(run).load("quadratic").state().lifetimes())
                    .isEqualTo(10);

            Files.delete(ballast);
            Interrupt interrupt = new Interrupt();
            Quadratic stopping = new Quadratic(step -> {
                if (step == 20) {
                    interrupt.request();
                }
            });
            assertThat(launch(stopping, interrupt, "--resume", run.toString())).isEqualTo(Launcher.INTERRUPTED);
            assertThat(new CheckpointFolder(run).load("quadratic").state().lifetimes())
                    .isEqualTo(30);
        } finally {
            mount("umount", disk.toString());
        }
    }

    private static boolean mount(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private static void fill(Path file) {
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[1024]);
            }
        } catch (java.io.IOException e) {
            // Full.
        }
    }

    @Test
    void rowCountStaysThatOfTheRun() {
        interrupted(30);
        launch("--resume", run().toString());

        double[] lifetimes = MetricTable.read(run().resolve("metrics.csv")).column("lifetimes");
        assertThat(lifetimes).isSorted().doesNotHaveDuplicates();
    }

    /** What editors and spreadsheets make of a file of metrics; rows stand at 3, 9, 18 and so on. */
    private String metrics() throws Exception {
        return Files.readString(run().resolve("metrics.csv"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CRLF",
                "byte order mark",
                "no last newline",
                "CRLF in metrics.jsonl",
                "a folder of another program"
            })
    void filesThatWereOnlyOpenedAndSavedAreAccepted(String change) throws Exception {
        Path whole = folder.resolve("whole");
        launch(arguments(whole));
        interrupted(30);
        Path csv = run().resolve("metrics.csv");
        Path jsonl = run().resolve("metrics.jsonl");
        switch (change) {
            case "CRLF" -> Files.writeString(csv, metrics().replace("\n", "\r\n"));
            case "byte order mark" -> Files.writeString(csv, "\uFEFF" + metrics());
            case "no last newline" -> Files.writeString(csv, metrics().stripTrailing());
            case "CRLF in metrics.jsonl" ->
                Files.writeString(jsonl, "\uFEFF" + Files.readString(jsonl).replace("\n", "\r\n"));
            default -> {
                for (String inside : List.of("", "checkpoint", "checkpoints/best")) {
                    Path foreign = Files.createDirectories(run().resolve(inside).resolve("@eaDir"));
                    Files.writeString(foreign.resolve("thumbs.db"), "x");
                    Files.writeString(run().resolve(inside).resolve(".DS_Store"), "x");
                }
            }
        }

        assertThat(launch("--resume", run().toString())).as(err()).isZero();

        assertThat(MetricTable.read(csv).rows())
                .usingRecursiveComparison()
                .isEqualTo(MetricTable.read(whole.resolve("metrics.csv")).rows());
        assertThat(run().resolve("checkpoint/parameters.npz"))
                .hasSameBinaryContentAs(whole.resolve("checkpoint/parameters.npz"));
        assertThat(launch("eval", "--run", run().toString(), "--lifetimes", "3"))
                .as(err())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a row cut short", "a cell more", "a column more", "another program's numbers", "a cut object"})
    void filesThatAreNoLongerTheRunsAreRejectedAndNothingIsChanged(String change) throws Exception {
        interrupted(30);
        Path csv = run().resolve("metrics.csv");
        Path jsonl = run().resolve("metrics.jsonl");
        String row = metrics().lines().toList().get(2);
        switch (change) {
            case "a row cut short" ->
                Files.writeString(csv, metrics().replace(row, row.substring(0, row.lastIndexOf(','))));
            case "a cell more" -> Files.writeString(csv, metrics().replace(row, row + ",1"));
            case "a column more" ->
                Files.writeString(
                        csv,
                        metrics()
                                        .replaceAll("(?m)$", ",note")
                                        .replaceAll("(?m)(\\d),note", "$1,1")
                                        .stripTrailing()
                                        .replaceAll("(?m)^,note$", "")
                                + "\n");
            case "another program's numbers" -> Files.writeString(csv, metrics().replace('.', ';'));
            default -> Files.writeString(jsonl, Files.readString(jsonl).replaceFirst("}", ""));
        }
        Map<String, String> before = contents();

        assertThat(launch("--resume", run().toString())).as(err()).isEqualTo(Launcher.USAGE_ERROR);

        assertThat(err()).startsWith(run().toString()).hasLineCount(1);
        assertThat(contents()).isEqualTo(before);
        assertThat(new ObjectMapper()
                        .readTree(run().resolve("run.json").toFile())
                        .at("/outcome")
                        .asText())
                .isEqualTo("interrupted");
    }

    private Map<String, String> contents() throws Exception {
        Map<String, String> contents = new TreeMap<>();
        for (String name : run().toFile().list()) {
            if (Files.isRegularFile(run().resolve(name))) {
                contents.put(name, Files.readString(run().resolve(name), StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    @Test
    void runJsonAndConfigurationWithAnEditorsMarksAreAccepted() throws Exception {
        interrupted(30);
        for (String name : List.of("run.json", "config.yaml")) {
            Path file = run().resolve(name);
            Files.writeString(file, "\uFEFF" + Files.readString(file).replace("\n", "\r\n"));
        }

        assertThat(launch("--resume", run().toString())).as(err()).isZero();
    }
}
