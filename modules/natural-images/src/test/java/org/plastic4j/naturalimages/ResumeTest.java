package org.plastic4j.naturalimages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plastic4j.cli.Launcher;
import org.plastic4j.testing.Launched;

@Tag("slow")
class ResumeTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"1,1,17", "1,2,30", "3,1,11", "3,2,5"})
    void interruptedAndResumedRunEqualsAnUninterruptedOneBitForBit(int batch, int threads, int stoppedAt) {
        ThisExperiment.LAUNCHER.assertResumedRunIsTheWholeOne(
                folder,
                threads,
                stoppedAt,
                "network.execution=fused",
                "training.batch=" + batch,
                "task.side=4",
                "training.optimizer.decay={every: 10, factor: 0.5}",
                "training.maxLifetimes=42",
                "training.logEvery=4",
                "training.checkpoints={every: 15, keep: 2, best: true}");
    }

    @Test
    void runDoesNotGoOnAndIsNotEvaluatedWithOtherData(@TempDir Path data) throws Exception {
        Path run = folder.resolve("run");
        Path file = data.resolve("data_batch_1.bin");
        NumberedCifar.write(file);
        List<String> options = new ArrayList<>(List.of("--config", "regression", "--quiet"));
        for (String setting : List.of("task.side=4", "task.cycles=1", "training.maxLifetimes=2", "data.dir=" + data)) {
            Collections.addAll(options, "--set", setting);
        }
        String[] evaluation = {"eval", "--run", run.toString(), "--lifetimes", "2"};
        assertThat(ThisExperiment.LAUNCHER
                        .run(run, options.toArray(String[]::new))
                        .code())
                .isEqualTo(Launcher.OK);
        assertThat(ThisExperiment.LAUNCHER.launch(evaluation).code()).isEqualTo(Launcher.OK);
        byte[] bytes = NumberedCifar.bytes();
        bytes[5] ^= 1;
        Files.write(file, bytes);

        for (String[] later : List.of(
                new String[] {"--quiet", "--resume", run.toString(), "--set", "training.maxLifetimes=4"}, evaluation)) {
            Launched launched = ThisExperiment.LAUNCHER.launch(later);

            assertThat(launched.err())
                    .matches("data: data_batch_1.bin: expected SHA-256 [0-9a-f]{64}, as in \\Q%s\\E, found SHA-256"
                                    .formatted(run.resolve("run.json"))
                            + " [0-9a-f]{64}\\.\\R");
            assertThat(launched.code()).isEqualTo(Launcher.USAGE_ERROR);
        }
        assertThat(run.resolve("metrics.csv")).content().hasLineCount(3);
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void runGoesOnAndIsEvaluatedWithItsDataElsewhere(@TempDir Path data) throws Exception {
        Path run = folder.resolve("run");
        Path before = Files.createDirectory(data.resolve("it's before"));
        Path after = data.resolve("after");
        NumberedCifar.write(before.resolve("data_batch_1.bin"));
        String[] options = {
            "--config",
            "regression",
            "--quiet",
            "--set",
            "task.side=4",
            "--set",
            "task.cycles=1",
            "--set",
            "training.maxLifetimes=2",
            "--set",
            "data.dir=" + before
        };
        assertThat(ThisExperiment.LAUNCHER.run(run, options).code()).isEqualTo(Launcher.OK);
        Files.move(before, after);
        String[] evaluation = {"eval", "--run", run.toString(), "--lifetimes", "2"};
        String[] resumption = {"--quiet", "--resume", run.toString(), "--set", "training.maxLifetimes=4"};
        for (String[] later : List.of(evaluation, resumption)) {
            Launched there = ThisExperiment.LAUNCHER.launch(later);
            assertThat(there.code()).isEqualTo(Launcher.USAGE_ERROR);
            assertThat(there.err())
                    .isEqualTo(
                            "data.dir: expected a folder, found nothing at " + before + "." + System.lineSeparator());

            Launched here = ThisExperiment.LAUNCHER.launch(with(later, "--set", "data.dir=" + after));
            assertThat(here.err()).isEmpty();
            assertThat(here.code()).isEqualTo(Launcher.OK);
        }
        assertThat(run.resolve("eval-test.json")).content().doesNotContain("settings");
        byte[] bytes = NumberedCifar.bytes();
        bytes[5] ^= 1;
        Files.write(after.resolve("data_batch_1.bin"), bytes);
        Launched other = ThisExperiment.LAUNCHER.launch(with(evaluation, "--set", "data.dir=" + after));
        assertThat(other.code()).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(other.err()).startsWith("data: data_batch_1.bin: expected SHA-256 ");
    }

    @Test
    void pathOfAnotherOperatingSystemIsOneSentenceUntilTheRightOneIsGiven(@TempDir Path data) throws Exception {
        Path run = folder.resolve("run");
        NumberedCifar.write(data.resolve("data_batch_1.bin"));
        String[] options = {
            "--config",
            "regression",
            "--quiet",
            "--set",
            "task.side=4",
            "--set",
            "task.cycles=1",
            "--set",
            "training.maxLifetimes=2",
            "--set",
            "data.dir=" + data
        };
        assertThat(ThisExperiment.LAUNCHER.run(run, options).code()).isEqualTo(Launcher.OK);
        String windows = "C:\\data\\cifar";
        for (String name : List.of("config.yaml", "run.json")) {
            Path file = run.resolve(name);
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replace(data.toString(), name.endsWith("json") ? windows.replace("\\", "\\\\") : windows));
        }
        String[] evaluation = {"eval", "--run", run.toString(), "--lifetimes", "2"};

        Launched there = ThisExperiment.LAUNCHER.launch(evaluation);
        assertThat(there.err())
                .startsWith("data.dir: expected a folder, found ")
                .contains(windows);
        assertThat(there.code()).isEqualTo(Launcher.USAGE_ERROR);
        Launched here = ThisExperiment.LAUNCHER.launch(with(evaluation, "--set", "data.dir=" + data));
        assertThat(here.err()).isEmpty();
    }
}
