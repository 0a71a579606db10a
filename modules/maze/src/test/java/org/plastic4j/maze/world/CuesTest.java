package org.plastic4j.maze.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CuesTest {
    private final long seed = System.nanoTime();
    private final RandomGenerator random = new SplittableRandom(seed);
    private final Cues world = new Cues(200, 4, 20, new Trial.Pauses(1, 6), 1);

    private static List<Float> seen(CueEpisode episode) {
        float[] sight = new float[21];
        episode.see(sight, 0);
        List<Float> values = new ArrayList<>();
        for (float value : sight) {
            values.add(value);
        }
        return values;
    }

    @Test
    void everyTrialShowsTwoDifferentCuesAndAsksForAnAnswerWithSilenceBetween() {
        for (int k = 0; k < 50; k++) {
            CueEpisode episode = world.begin(random);
            Set<List<Float>> cues = new HashSet<>();
            List<List<Float>> shown = new ArrayList<>();
            int silence = 0;
            for (int t = 0; t < 200; t++) {
                List<Float> sight = seen(episode);
                boolean isGo = sight.get(20) == 1;
                boolean isCue = sight.subList(0, 20).stream().allMatch(bit -> Math.abs(bit) == 1);
                assertThat(isGo).isEqualTo(episode.isGo());
                if (isGo || isCue) {
                    assertThat(silence).as("seed %d, step %d", seed, t).isBetween(t == 0 ? 0 : 1, 6);
                    silence = 0;
                } else {
                    assertThat(sight).containsOnly(0f);
                    silence++;
                }
                if (isCue) {
                    assertThat(sight.get(20)).isZero();
                    cues.add(sight);
                    shown.add(sight);
                } else if (isGo) {
                    assertThat(sight.subList(0, 20)).containsOnly(0f);
                    assertThat(new HashSet<>(shown)).as("seed %d", seed).hasSize(2);
                    shown.clear();
                }
                episode.act(0);
            }
            assertThat(cues).hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void aboutFifteenTrialsFitIntoAnEpisode() {
        double trials = 0;
        for (int k = 0; k < 400; k++) {
            CueEpisode episode = world.begin(random);
            for (int t = 0; t < 200; t++) {
                episode.act(0);
            }
            trials += episode.tally().get("trials") / 400;
        }

        assertThat(trials).as("seed %d", seed).isBetween(14.3, 15.7);
    }

    @Test
    void targetIsTheSameCueForAWholeEpisodeAndInHalfOfThePairs() {
        int there = 0;
        int all = 0;
        for (int k = 0; k < 300; k++) {
            CueEpisode episode = world.begin(random);
            Map<Set<List<Float>>, Boolean> answers = new HashMap<>();
            Set<List<Float>> pair = new HashSet<>();
            for (int t = 0; t < 200; t++) {
                List<Float> sight = seen(episode);
                if (episode.isGo()) {
                    boolean isThere = episode.isTargetAmongThem();
                    assertThat(answers.merge(Set.copyOf(pair), isThere, (before, now) -> before))
                            .as("seed %d", seed)
                            .isEqualTo(isThere);
                    pair.clear();
                    there += isThere ? 1 : 0;
                    all++;
                } else if (sight.get(0) != 0) {
                    pair.add(sight);
                }
                episode.act(0);
            }
            Set<List<Float>> common = new HashSet<>();
            answers.forEach((cues, isThere) -> {
                if (isThere && common.isEmpty()) {
                    common.addAll(cues);
                } else if (isThere) {
                    common.retainAll(cues);
                }
            });
            answers.forEach((cues, isThere) -> {
                if (!isThere) {
                    common.removeAll(cues);
                }
            });
            assertThat(common.isEmpty() && answers.containsValue(true))
                    .as("seed %d", seed)
                    .isFalse();
        }

        assertThat((double) there / all).as("seed %d", seed).isBetween(0.46, 0.54);
    }

    @Test
    void shuffledTrialHasFiveToEightStepsWithTheCuesAnywhereBetweenTheFirstSilenceAndGo() {
        Trial shuffled = new Trial.Shuffled(3);
        Map<Integer, Integer> lengths = new HashMap<>();
        Set<List<Trial.Signal>> orders = new HashSet<>();
        int all = 4000;
        for (int k = 0; k < all; k++) {
            List<Trial.Signal> signals = shuffled.signals(random);
            lengths.merge(signals.size(), 1, Integer::sum);
            assertThat(signals.get(0)).as("seed %d", seed).isEqualTo(Trial.Signal.SILENCE);
            assertThat(signals.subList(signals.size() - 2, signals.size()))
                    .as("seed %d", seed)
                    .containsExactly(Trial.Signal.GO, Trial.Signal.SILENCE);
            List<Trial.Signal> between = signals.subList(1, signals.size() - 2);
            assertThat(between).as("seed %d", seed).containsOnlyOnce(Trial.Signal.FIRST, Trial.Signal.SECOND);
            assertThat(between).as("seed %d", seed).doesNotContain(Trial.Signal.GO);
            orders.add(between);
        }

        assertThat(lengths.keySet()).as("seed %d", seed).containsExactlyInAnyOrder(5, 6, 7, 8);
        // Each of the four lengths in a quarter of the trials, within five standard deviations.
        lengths.values().forEach(count -> assertThat(count).as("seed %d", seed).isBetween(863, 1137));
        // n (n - 1) orders of two cues among n signals, n from 2 to 5.
        assertThat(orders).as("seed %d", seed).hasSize(2 + 6 + 12 + 20);
        assertThat(shuffled.longestAnswer()).isEqualTo(7);
    }

    @Test
    void episodeOfShuffledTrialsAsksAboutTheCuesThatItHasShown() {
        CueEpisode episode = new Cues(120, 4, 20, new Trial.Shuffled(3), 1).begin(random);
        Set<List<Float>> shown = new HashSet<>();
        for (int t = 0; t < 120; t++) {
            List<Float> sight = seen(episode);
            if (sight.get(0) != 0) {
                shown.add(sight);
            }
            boolean isGo = episode.isGo();
            double gained = episode.act(episode.isTargetAmongThem() ? 1 : 0);
            assertThat(gained).as("seed %d, step %d", seed, t).isEqualTo(isGo ? 1 : 0);
            if (isGo) {
                assertThat(shown).as("seed %d, step %d", seed, t).hasSize(2);
                shown.clear();
            }
        }

        assertThat(episode.tally().get("trials")).as("seed %d", seed).isBetween(14.0, 24.0);
        assertThat(episode.tally()).containsEntry("correct", 1.0);
    }

    @Test
    void onlyAnswersToGoCountAndRightOnesAreRewarded() {
        CueEpisode episode = world.begin(random);
        int right = 0;
        int wrong = 0;
        for (int t = 0; t < 200; t++) {
            boolean isGo = episode.isGo();
            int answer = random.nextInt(2);
            boolean isRight = (answer == 1) == episode.isTargetAmongThem();
            double gained = episode.act(answer);
            assertThat(gained).as("seed %d", seed).isEqualTo(isGo ? isRight ? 1 : -1 : 0);
            right += isGo && isRight ? 1 : 0;
            wrong += isGo && !isRight ? 1 : 0;
        }

        assertThat(episode.tally()).containsEntry("trials", (double) right + wrong);
        assertThat(episode.tally().get("correct")).isEqualTo((double) right / (right + wrong));
    }

    @Test
    void cuesOfFewBitsAreDifferentToo() {
        CueEpisode episode = new Cues(400, 4, 2, new Trial.Pauses(1, 1), 1).begin(random);
        Set<String> cues = new HashSet<>();
        for (int t = 0; t < 400; t++) {
            float[] sight = new float[3];
            episode.see(sight, 0);
            if (sight[0] != 0) {
                cues.add(Arrays.toString(sight));
            }
            episode.act(0);
        }

        assertThat(cues).as("seed %d", seed).hasSize(4);
    }

    @Test
    void worldsWithoutEpisodesAreRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cues(200, 5, 2, new Trial.Pauses(1, 6), 1))
                .withMessage("Cues: expected enough bits for 5 different cues, found 2.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cues(200, 1, 20, new Trial.Pauses(1, 6), 1))
                .withMessage("Cues: expected at least 2 cues, found 1.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cues(200, 4, 20, new Trial.Pauses(3, 2), 1))
                .withMessage(
                        "Cues: expected pauses of at least 1 step, the longest not below the shortest, found 3 to 2.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cues(14, 4, 20, new Trial.Pauses(1, 6), 1))
                .withMessage(
                        "Cues: expected at least 15 steps, so that there is an answer in every episode, found 14.");
    }
}
