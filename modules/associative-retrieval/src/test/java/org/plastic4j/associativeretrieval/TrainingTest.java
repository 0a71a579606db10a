package org.plastic4j.associativeretrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.associativeretrieval.Config.Kind;
import org.plastic4j.cli.Launcher;
import org.plastic4j.testing.Configs;
import org.plastic4j.testing.Launched;
import org.plastic4j.training.Device;
import org.plastic4j.training.Seeds;
import org.plastic4j.training.config.Kebab;
import org.plastic4j.training.trainer.Context;
import org.plastic4j.training.trainer.Session;

/** Short runs of the whole program. */
@Tag("slow")
class TrainingTest {
    private static final List<String> NETWORKS = List.of("rnn", "lstm", "fast-weights", "neuromodulated", "stpn");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "rnn, an RNN of 20 units, '1,937', input;bias;w",
        "lstm, an LSTM of 9 units, '2,062', input;recurrent;bias",
        "fast-weights, fast weights of 20 units, '1,977', input;w;bias;gain;shift",
        "neuromodulated, 17 neuromodulated neurons, '1,908', input;bias;w;alpha;modulator_weights;modulator_bias",
        "stpn, 11 short-term plasticity neurons, '2,039', w;bias;decay;rate"
    })
    void everyNetworkHasItsPublishedSizeAndTrainsAllItsParameters(
            String config, String words, String count, String parameters) {
        Launched run = ThisExperiment.LAUNCHER.run(
                folder.resolve(config),
                "--config",
                config,
                "--quiet",
                "--threads",
                "1",
                "--set",
                "training.maxLifetimes=512",
                "--set",
                "training.logEvery=128",
                "--set",
                "training.heldOut=20");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isEqualTo(Launcher.OK);
        assertThat(run.metrics().names()).containsExactly("lifetimes", "accuracy", "loss");
        assertThat(run.metrics().column("lifetimes")).containsExactly(128, 256, 384, 512);
        assertThat(run.assertTrainedAllParameters("associative-retrieval").parameters())
                .containsOnlyKeys((parameters + ";readout;readout_bias").split(";"));
        assertThat(new String(run.bytes("report.html"), StandardCharsets.UTF_8))
                .contains("3 pairs, " + words + ", " + count + " parameters", "Held-out sequence 6");
        assertThat(run.directory().resolve("eval-test.json")).content().contains("\"trainedLifetimes\" : 512");
    }

    @ParameterizedTest
    @EnumSource
    void interruptedRunGoesOnBitForBit(Kind kind) {
        ThisExperiment.LAUNCHER.assertResumedRunIsTheWholeOne(
                folder,
                1,
                7,
                "network.kind=" + Kebab.of(kind),
                "network.units=5",
                "training.maxLifetimes=192",
                "training.checkpoints={every: 50, keep: 2, best: true}");
    }

    @ParameterizedTest
    @EnumSource(names = {"STPN", "FAST_WEIGHTS", "RNN", "NEUROMODULATED"})
    void definitionBeginsToTrainAsWhatRunsByDefault(Kind kind) {
        double[] losses = new double[2];
        for (int k = 0; k < 2; k++) {
            losses[k] = ThisExperiment.LAUNCHER
                    .trained(
                            folder.resolve("run" + k),
                            1,
                            "network.kind=" + Kebab.of(kind),
                            "network.execution=" + (k == 0 ? "fused" : "unrolled"),
                            "training.maxLifetimes=32",
                            "training.heldOut=null")
                    .metrics()
                    .column("loss")[1];
        }
        assertThat(losses[1]).isCloseTo(losses[0], within(1e-4));
    }

    private static String first(String network, long seed) {
        Config config = Configs.load(new AssociativeRetrieval(), network);
        try (Session session = new AssociativeRetrieval().open(config, new Context(new Seeds(seed), 1, Device.CPU))) {
            MultiDataSet batch = session.lifetimes().next();
            return batch.getFeatures(0).toStringFull() + batch.getFeatures(1).toStringFull();
        }
    }

    @Test
    void allNetworksOfASeedGetTheSameSequences() {
        String sequences = first("stpn", 3);

        assertThat(NETWORKS).allSatisfy(network -> assertThat(first(network, 3)).isEqualTo(sequences));
        assertThat(first("stpn", 4)).isNotEqualTo(sequences);
    }

    @Test
    void configurationsHaveThePublishedTaskAndTraining() {
        for (String network : NETWORKS) {
            Config config = Configs.load(new AssociativeRetrieval(), network);
            assertThat(config.task()).isEqualTo(new Config.Task(3, 100_000, 10_000, 20_000));
            assertThat(config.training().batch()).isEqualTo(128);
            assertThat(config.training().maxLifetimes()).isEqualTo(200L * 100_000);
            assertThat(config.training().optimizer().learningRate()).isEqualTo(1e-3);
        }
    }
}
