package org.plastic4j.playground.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.plastic4j.data.omniglot.Pen;
import org.plastic4j.playground.Strokes;
import org.plastic4j.playground.network.TrainedNetwork;

@Tag("slow")
class DrawingNetworkTest {
    private static DrawingNetwork network;

    @BeforeAll
    static void build() {
        network = new DrawingNetwork(TrainedNetwork.require("drawings"));
    }

    private static DrawingNetwork.Sight sight(int symbol, SplittableRandom hand, OptionalInt label) {
        return new DrawingNetwork.Sight(Pen.draw(Strokes.draw(symbol, hand)), label);
    }

    @Test
    void atLeastFourOfFiveHandDrawnSymbolsAreRecognisedAfterOneDrawingEach() {
        // Always the same hands: the share is a property of the network that comes with the program.
        SplittableRandom hand = new SplittableRandom(7);
        Random shuffle = new Random(7);
        int right = 0;
        int asked = 200;
        for (int episode = 0; episode < asked; episode++) {
            List<Integer> symbols = IntStream.range(0, Strokes.count()).boxed().collect(Collectors.toList());
            Collections.shuffle(symbols, shuffle);
            List<DrawingNetwork.Sight> lifetime = new ArrayList<>();
            for (int label = 0; label < network.classes(); label++) {
                lifetime.add(sight(symbols.get(label), hand, OptionalInt.of(label)));
            }
            int wanted = episode % network.classes();
            lifetime.add(sight(symbols.get(wanted), hand, OptionalInt.empty()));
            float[] probabilities = network.run(lifetime).get(network.classes()).probabilities();
            int most = IntStream.range(0, probabilities.length)
                    .reduce((a, b) -> probabilities[b] > probabilities[a] ? b : a)
                    .orElseThrow();
            right += most == wanted ? 1 : 0;
        }
        assertThat((double) right / asked).isGreaterThanOrEqualTo(0.8);
    }

    @Test
    void drawingWithALabelIsOfThatClassAndChangesTheTrace() {
        SplittableRandom hand = new SplittableRandom(1);
        List<DrawingNetwork.Step> steps = network.run(List.of(
                sight(0, hand, OptionalInt.of(2)),
                sight(1, hand, OptionalInt.of(0)),
                sight(0, hand, OptionalInt.empty())));
        assertThat(steps.get(0).probabilities()[2]).isCloseTo(1, within(1e-6f));
        assertThat(steps.get(0).trace()).hasSize(network.features() * network.classes());
        assertThat(steps.get(1).trace()).isNotEqualTo(steps.get(0).trace());
        float sum = 0;
        for (float probability : steps.get(2).probabilities()) {
            sum += probability;
        }
        assertThat(sum).isCloseTo(1, within(1e-5f));
    }

    @Test
    void aNewLifetimeKnowsNothingOfTheOneBefore() {
        SplittableRandom hand = new SplittableRandom(2);
        List<DrawingNetwork.Sight> lifetime =
                List.of(sight(3, hand, OptionalInt.of(1)), sight(3, hand, OptionalInt.empty()));
        float[] first = network.run(lifetime).get(1).probabilities();
        network.run(List.of(sight(4, hand, OptionalInt.of(1))));
        assertThat(network.run(lifetime).get(1).probabilities()).containsExactly(first);
    }
}
