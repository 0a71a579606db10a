package org.plastic4j.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plastic4j.cli.Launcher;
import org.plastic4j.testing.Launched;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.trainer.Interrupt;

/** Short runs of the whole program. */
@Tag("slow")
class TrainingTest {
    private static final String[] SMALL = {
        "--quiet",
        "--threads",
        "1",
        "--set",
        "task.bits=10",
        "--set",
        "task.degradedBits=5",
        "--set",
        "training.logEvery=1",
        "--set",
        "training.maxLifetimes=6"
    };

    @TempDir
    private Path folder;

    private Launched small(String config, String name, String... more) {
        String[] options = Stream.of(SMALL, new String[] {"--config", config}, more)
                .flatMap(Arrays::stream)
                .toArray(String[]::new);
        Launched run = ThisExperiment.LAUNCHER.run(folder.resolve(name), options);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isEqualTo(Launcher.OK);
        return run;
    }

    private static String report(Launched run) {
        return new String(run.bytes("report.html"), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "plastic, otherNeurons=0, w;alpha;eta",
        "decaying, otherNeurons=0, w;alpha;eta",
        "rnn, otherNeurons=7, w",
        "lstm, lstm.units=12, recurrentWeights;bias"
    })
    void everyNetworkTrainsAllItsParameters(String config, String size, String parameters) {
        Launched run = small(config, config, "--set", size);

        assertThat(run.metrics().column("lifetimes")).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(run.metrics().names()).startsWith("lifetimes", "error", "loss");
        Checkpoint checkpoint = run.assertTrainedAllParameters("baselines");
        assertThat(checkpoint.parameters()).containsOnlyKeys(parameters.split(";"));
        assertThat(report(run)).contains("2 patterns of 10 bits", "Lifetime 3");
        assertThat(launch("eval", "--run", run.directory().toString(), "--lifetimes", "3", "--threads", "1"))
                .isZero();
        assertThat(run.directory().resolve("eval-test.json")).content().contains("\"trainedLifetimes\" : 6");
    }

    @Test
    void networkWithoutPlasticityHasTheOtherNeurons() {
        Launched run = small("rnn", "rnn", "--set", "otherNeurons=7");

        assertThat(new CheckpointFolder(run.directory())
                        .load("baselines")
                        .parameters()
                        .get("w")
                        .shape())
                .containsExactly(18, 18);
        assertThat(report(run)).contains("18 neurons without plasticity");
    }

    @Test
    void bothExecutionsOfTheNetworkWithOtherNeuronsBeginWithTheSameLoss() {
        double fused =
                small("rnn", "fused", "--set", "otherNeurons=7").metrics().column("loss")[0];
        double unrolled = small("rnn", "unrolled", "--set", "otherNeurons=7", "--set", "network.execution=unrolled")
                .metrics()
                .column("loss")[0];

        assertThat(unrolled).isCloseTo(fused, within(1e-4 * fused));
    }

    @Test
    void interruptedLstmGoesOnBitForBit() {
        Launched whole = small("lstm", "whole", "--set", "lstm.units=12");
        Launched parts = small("lstm", "parts", "--set", "lstm.units=12", "--set", "training.maxLifetimes=4");

        assertThat(launch(
                        "--quiet",
                        "--threads",
                        "1",
                        "--resume",
                        parts.directory().toString(),
                        "--set",
                        "training.maxLifetimes=6"))
                .isZero();

        whole.assertSameBits(parts);
    }

    private static int launch(String... arguments) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return new Launcher(new Interrupt()).launch(arguments, new Baselines(), nowhere, nowhere);
    }
}
