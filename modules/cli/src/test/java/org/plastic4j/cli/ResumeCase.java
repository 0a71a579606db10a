package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.trainer.Interrupt;

/** Launches a small experiment in a folder of its own, interrupts it and resumes it. */
abstract class ResumeCase {
    final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    int launch(Quadratic experiment, Interrupt interrupt, String... arguments) {
        outBytes.reset();
        errBytes.reset();
        return new Launcher(interrupt)
                .launch(
                        arguments,
                        experiment,
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    }

    int launch(String... arguments) {
        return launch(new Quadratic(), new Interrupt(), arguments);
    }

    String out() {
        return outBytes.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }

    Path run() {
        return folder.resolve("run");
    }

    /** A run of at most 200 lifetimes, batch 3, a row every 7, that is interrupted after some updates. */
    void interrupted(int updates) {
        Interrupt interrupt = new Interrupt();
        Quadratic stopping = new Quadratic(step -> {
            if (step == updates) {
                interrupt.request();
            }
        });
        assertThat(launch(stopping, interrupt, arguments(run()))).isEqualTo(Launcher.INTERRUPTED);
    }

    static String[] arguments(Path run, String... more) {
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

    void sameAs(Path whole) {
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

    String metrics() throws Exception {
        return Files.readString(run().resolve("metrics.csv"));
    }

    Map<String, String> contents() throws Exception {
        Map<String, String> contents = new TreeMap<>();
        for (String name : run().toFile().list()) {
            if (Files.isRegularFile(run().resolve(name))) {
                contents.put(name, Files.readString(run().resolve(name), StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }
}
