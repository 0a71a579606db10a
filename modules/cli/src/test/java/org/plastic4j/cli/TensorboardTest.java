package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.trainer.Interrupt;

class TensorboardTest {
    @TempDir
    private Path folder;

    private int train(Interrupt interrupt, int stopAt, String... arguments) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Quadratic experiment = new Quadratic(step -> {
            if (step == stopAt) {
                interrupt.request();
            }
        });
        return new Launcher(interrupt).launch(arguments, experiment, nowhere, nowhere);
    }

    /** All event files of the run, one behind the other; bytes as characters. */
    private String events() throws IOException {
        try (var files = Files.list(folder.resolve("run"))) {
            StringBuilder events = new StringBuilder();
            for (Path file : files.filter(file -> file.getFileName().toString().contains("tfevents"))
                    .sorted()
                    .toList()) {
                events.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return events.toString();
        }
    }

    /** The field of an event that has its step, if that is less than 128, and a SessionLog behind it that says START. */
    private static String start(long step) {
        return "\u0010" + (char) step + ":\u0002\b\u0001";
    }

    @Test
    void rowsAreWrittenForTensorboardAndAResumedRunSaysWhereItsRowsBegin() throws IOException {
        String run = folder.resolve("run").toString();
        String[] arguments = {
            "--out", run, "--tensorboard", "--set", "training.stop=null", "--set", "training.maxLifetimes=60"
        };
        assertThat(train(new Interrupt(), 23, arguments)).isEqualTo(Launcher.INTERRUPTED);
        double[] rows = MetricTable.read(folder.resolve("run/metrics.csv")).column("lifetimes");
        long last = (long) rows[rows.length - 1];
        assertThat(events()).contains("brain.Event:2", "error", "eta", start(1)).doesNotContain(start(last + 1));
        int before = events().length();

        assertThat(train(new Interrupt(), -1, "--resume", run, "--tensorboard")).isEqualTo(Launcher.OK);

        assertThat(events().substring(before)).contains("brain.Event:2", start(last + 1));
        assertThat(folder.resolve("run/report.html")).content().doesNotContain("--tensorboard");
    }

    @Test
    void withoutTheOptionThereIsNoEventFile() throws IOException {
        assertThat(train(new Interrupt(), -1, "--out", folder.resolve("run").toString()))
                .isEqualTo(Launcher.OK);
        assertThat(events()).isEmpty();
    }
}
