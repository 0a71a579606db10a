package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.metric.CsvMetrics;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.run.Versions;

@Tag("slow")
class ResumeRejectionsTest extends ResumeCase {
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
    void checkpointOfAnotherVersionCanBeEvaluatedAndReportedButNotResumed() throws Exception {
        interrupted(30);
        Checkpoint own = new CheckpointFolder(run()).load("quadratic");
        Checkpoint.State state = own.state();
        Checkpoint.Run earlier = new Checkpoint.Run(
                state.run().experiment(),
                "0.0.1",
                state.run().seed(),
                state.run().configHash(),
                state.run().settings());
        Checkpoint.State changed = new Checkpoint.State(
                earlier,
                state.step(),
                state.lifetimes(),
                state.dataPosition(),
                state.seconds(),
                state.recent(),
                state.row(),
                state.best());
        new CheckpointFolder(run()).save(new Checkpoint(changed, own.parameters(), own.optimizer()));
        Map<String, String> before = contents();

        assertThat(launch("--resume", run().toString())).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err())
                .isEqualTo(
                        "%s: expected a checkpoint of Plastic4j %s, found one of 0.0.1, which may compute otherwise: it can be evaluated and compared.%n"
                                .formatted(run().resolve("checkpoint"), Versions.plastic4j()));
        assertThat(contents()).isEqualTo(before);
        assertThat(launch("eval", "--run", run().toString())).as(err()).isZero();
        assertThat(launch("report", "--run", run().toString())).as(err()).isZero();
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
