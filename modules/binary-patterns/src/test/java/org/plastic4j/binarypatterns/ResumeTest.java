package org.plastic4j.binarypatterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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

    private static List<String> arguments(Path run, int batch, int threads, int bits, int max) {
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
                "task.bits=" + bits,
                "--set",
                "task.degradedBits=" + bits / 2,
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
        BinaryPatterns real = new BinaryPatterns();
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
                return new Session(session.title(), counting(session.trainable()), session.lifetimes());
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
        launch(new BinaryPatterns(), new Interrupt(), arguments(whole, batch, threads, 31, 42));
        Interrupt interrupt = new Interrupt();
        assertThat(launch(stoppingAt(stoppedAt, interrupt), interrupt, arguments(parts, batch, threads, 31, 42)))
                .isEqualTo(Launcher.INTERRUPTED);
        int otherThreads = 3 - threads;

        launch(
                new BinaryPatterns(),
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
    void longRunOfThePapersNetworkStaysUnderAHundredMegabytes() throws Exception {
        Path run = folder.resolve("run");
        List<String> arguments = new ArrayList<>(arguments(run, 1, 1, 100, 45));
        launch(new BinaryPatterns(), new Interrupt(), arguments);

        // All of a size but the metrics, which are counted at 200 bytes a row: 100 bits stand for 1,000.
        long arrays = size(run, ".npz");
        double scale = (double) 1001 * 1001 / (101 * 101);
        assertThat(arrays * scale + 2 * 200 * 2000).isLessThan(100e6);
        assertThat(run.resolve("checkpoints").toFile().list()).hasSize(2).contains("best");
    }

    private static long size(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
