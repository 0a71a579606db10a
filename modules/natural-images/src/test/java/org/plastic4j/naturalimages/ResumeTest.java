package org.plastic4j.naturalimages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.experiment.cli.Launcher;
import org.plastic4j.experiment.train.Context;
import org.plastic4j.experiment.train.Experiment;
import org.plastic4j.experiment.train.Interrupt;
import org.plastic4j.experiment.train.MainMeasure;
import org.plastic4j.experiment.train.Session;
import org.plastic4j.experiment.train.StepResult;
import org.plastic4j.experiment.train.Trainable;

class ResumeTest {
    @TempDir
    private Path folder;

    private static int launch(Experiment<?> experiment, Interrupt interrupt, List<String> arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = new Launcher(interrupt).launch(arguments.toArray(String[]::new), experiment, out, out);
        assertThat(code).as(bytes.toString(StandardCharsets.UTF_8)).isIn(Launcher.OK, Launcher.INTERRUPTED);
        return code;
    }

    private static List<String> arguments(Path run, int batch, int threads, int side, int max) {
        return List.of(
                "--config",
                "regression",
                "--quiet",
                "--threads",
                Integer.toString(threads),
                "--set",
                "network.execution=fused",
                "--set",
                "training.batch=" + batch,
                "--set",
                "task.side=" + side,
                "--set",
                "data.source=generated",
                "--set",
                "training.optimizer.decay={every: 10, factor: 0.5}",
                "--set",
                "training.maxLifetimes=" + max,
                "--set",
                "training.logEvery=4",
                "--set",
                "training.checkpoints={every: 15, keep: 2, best: true}",
                "--out",
                run.toString());
    }

    /** The experiment, interrupted while it is in one of its steps. */
    private static Experiment<Config> stoppingAt(int update, Interrupt interrupt) {
        NaturalImages real = new NaturalImages();
        return new Experiment<>() {
            @Override
            public String name() {
                return real.name();
            }

            @Override
            public Class<Config> configType() {
                return real.configType();
            }

            @Override
            public String defaultsResource() {
                return real.defaultsResource();
            }

            @Override
            public MainMeasure mainMeasure() {
                return real.mainMeasure();
            }

            @Override
            public Session open(Config config, Context context) {
                Session session = real.open(config, context);
                return new Session(
                        session.title(),
                        counting(session.trainable()),
                        session.lifetimes(),
                        session.exhibits(),
                        session.structure(),
                        session.data());
            }

            private Trainable counting(Trainable network) {
                return new Trainable() {
                    private int updates;

                    @Override
                    public java.util.LinkedHashMap<String, org.nd4j.linalg.api.ndarray.INDArray> parameters() {
                        return network.parameters();
                    }

                    @Override
                    public StepResult step(MultiDataSet lifetimes) {
                        if (++updates == update) {
                            interrupt.request();
                        }
                        return network.step(lifetimes);
                    }

                    @Override
                    public void close() {
                        network.close();
                    }
                };
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"1,1,17", "1,2,30", "3,1,11", "3,2,5"})
    void interruptedAndResumedRunEqualsAnUninterruptedOneBitForBit(int batch, int threads, int stoppedAt) {
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        launch(new NaturalImages(), new Interrupt(), arguments(whole, batch, threads, 4, 42));
        Interrupt interrupt = new Interrupt();
        assertThat(launch(stoppingAt(stoppedAt, interrupt), interrupt, arguments(parts, batch, threads, 4, 42)))
                .isEqualTo(Launcher.INTERRUPTED);
        int otherThreads = 3 - threads;

        launch(
                new NaturalImages(),
                new Interrupt(),
                List.of("--quiet", "--threads", Integer.toString(otherThreads), "--resume", parts.toString()));

        for (String file : List.of(
                "config.yaml",
                "metrics.csv",
                "metrics.jsonl",
                "checkpoint/parameters.npz",
                "checkpoint/optimizer.npz",
                "checkpoints/best/parameters.npz")) {
            assertThat(parts.resolve(file)).as(file).hasSameBinaryContentAs(whole.resolve(file));
        }
    }

    @Test
    void runDoesNotGoOnAndIsNotEvaluatedWithOtherData(@TempDir Path data) throws Exception {
        Path run = folder.resolve("run");
        Path file = data.resolve("data_batch_1.bin");
        NumberedCifar.write(file);
        List<String> arguments = new ArrayList<>(List.of("--config", "regression", "--quiet", "--out", run.toString()));
        for (String setting : List.of("task.side=4", "task.cycles=1", "training.maxLifetimes=2", "data.dir=" + data)) {
            arguments.addAll(List.of("--set", setting));
        }
        launch(new NaturalImages(), new Interrupt(), arguments);
        launch(new NaturalImages(), new Interrupt(), List.of("eval", "--run", run.toString(), "--lifetimes", "2"));
        byte[] bytes = NumberedCifar.bytes();
        bytes[5] ^= 1;
        Files.write(file, bytes);

        for (List<String> later : List.of(
                List.of("--quiet", "--resume", run.toString(), "--set", "training.maxLifetimes=4"),
                List.of("eval", "--run", run.toString(), "--lifetimes", "2"))) {
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int code = new Launcher(new Interrupt())
                    .launch(
                            later.toArray(String[]::new),
                            new NaturalImages(),
                            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                            new PrintStream(err, true, StandardCharsets.UTF_8));

            assertThat(err.toString(StandardCharsets.UTF_8))
                    .matches("data: data_batch_1.bin: expected SHA-256 [0-9a-f]{64}, as in \\Q%s\\E, found SHA-256"
                                    .formatted(run.resolve("run.json"))
                            + " [0-9a-f]{64}\\.\\R");
            assertThat(code).isEqualTo(Launcher.MISTAKE);
        }
        assertThat(run.resolve("metrics.csv")).content().hasLineCount(3);
    }
}
