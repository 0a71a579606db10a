package org.plastic4j.maze;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private static List<String> arguments(Path run, int threads, String settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--config", "regression", "--quiet", "--threads", Integer.toString(threads), "--out", run.toString()));
        for (String setting : (settings
                        + " training.maxLifetimes=42 training.batch=3 training.logEvery=6"
                        + " training.checkpoints.every=15")
                .split(" ")) {
            arguments.addAll(List.of("--set", setting));
        }
        return arguments;
    }

    /** The experiment, interrupted while it is in one of its steps. */
    private static Experiment<Config> stoppingAt(int update, Interrupt interrupt) {
        MazeExperiment real = new MazeExperiment();
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
    @CsvSource({
        "network.rule=hard-bound,1,5",
        "network.rule=neuromodulated,2,11",
        "network.rule=retroactive,1,9",
        "network.alpha=absent task.world=cue-reward,2,4"
    })
    void interruptedAndResumedRunEqualsAnUninterruptedOneBitForBit(String settings, int threads, int stoppedAt) {
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        launch(new MazeExperiment(), new Interrupt(), arguments(whole, threads, settings));
        Interrupt interrupt = new Interrupt();
        assertThat(launch(stoppingAt(stoppedAt, interrupt), interrupt, arguments(parts, threads, settings)))
                .isEqualTo(Launcher.INTERRUPTED);
        int otherThreads = 3 - threads;

        launch(
                new MazeExperiment(),
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
}
