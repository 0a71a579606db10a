package org.plastic4j.baselines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.data.LifetimeStream;
import org.plastic4j.testing.Configs;
import org.plastic4j.training.Device;
import org.plastic4j.training.Seeds;
import org.plastic4j.training.trainer.Context;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.Split;

/** The comparison is one of networks: nothing else differs. */
class SameLifetimesTest {
    private static final List<String> NETWORKS = List.of("plastic", "decaying", "rnn", "lstm");

    private static Config config(String name, String... settings) {
        return Configs.load(new Baselines(), name, settings);
    }

    /** What is shown and asked in the first lifetimes. */
    private static String first(LifetimeStream stream) {
        StringBuilder bits = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            MultiDataSet lifetimes = stream.next();
            bits.append(lifetimes.getFeatures(0).toStringFull())
                    .append(lifetimes.getLabels(0).toStringFull());
        }
        return bits.toString();
    }

    private static String trainedOn(String network, long seed) {
        // Small ones: the lifetimes do not know how large the networks are.
        Config config = config(network, "lstm.units=60", "otherNeurons=9");
        try (Session session = new Baselines().open(config, new Context(new Seeds(seed), 1, Device.CPU))) {
            return first(session.lifetimes());
        }
    }

    @Test
    void allNetworksLiveTheSameLifetimesOfASeed() {
        String lifetimes = trainedOn("plastic", 3);

        assertThat(NETWORKS)
                .allSatisfy(network -> assertThat(trainedOn(network, 3)).isEqualTo(lifetimes));
        assertThat(trainedOn("plastic", 4)).isNotEqualTo(lifetimes);
    }

    @Test
    void allNetworksAreEvaluatedOnTheSameLifetimes() {
        Baselines experiment = new Baselines();
        for (Split split : Split.values()) {
            String lifetimes = first(experiment.heldOut(config("plastic"), split));
            assertThat(NETWORKS)
                    .allSatisfy(network -> assertThat(first(experiment.heldOut(config(network), split)))
                            .isEqualTo(lifetimes));
        }
    }

    @Test
    void networksHaveThePapersSizesAndTask() {
        for (String network : NETWORKS) {
            assertThat(config(network).task()).isEqualTo(config("plastic").task());
            assertThat(config(network).task().steps()).isEqualTo(11);
            assertThat(config(network).training().batch()).isEqualTo(1);
        }
        assertThat(config("plastic").otherNeurons()).isZero();
        assertThat(config("rnn").otherNeurons()).isEqualTo(2000);
        assertThat(config("lstm").lstm().units()).isEqualTo(2000);
    }
}
