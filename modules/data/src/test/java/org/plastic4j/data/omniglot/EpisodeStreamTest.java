package org.plastic4j.data.omniglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

class EpisodeStreamTest {
    private static final int DRAWINGS = 5;

    /** Characters whose first pixel says which they are, and the second which drawing; the last pixel is ink. */
    private static Characters numbered(int count) {
        byte[] ink = new byte[count * DRAWINGS * 961];
        for (int c = 0; c < count; c++) {
            for (int d = 0; d < DRAWINGS; d++) {
                ink[(c * DRAWINGS + d) * 961] = (byte) (c + 1);
                ink[(c * DRAWINGS + d) * 961 + 1] = (byte) (d + 1);
                ink[(c * DRAWINGS + d + 1) * 961 - 1] = (byte) 255;
            }
        }
        List<String> names =
                IntStream.range(0, count).mapToObj("number%d"::formatted).toList();
        return new Drawings(names, java.util.Collections.nCopies(count, DRAWINGS), ink).select(names);
    }

    private static EpisodeStream stream(int ways, int shots, int characters, int group, long seed, int batch) {
        return new EpisodeStream(
                new EpisodeTask(ways, shots),
                numbered(characters),
                new EpisodeStream.Manner(false, group),
                seed,
                batch);
    }

    /** A drawing's number, character and drawing, as shown at a place of the batch. */
    private record Seen(int character, int drawing) {
        static Seen at(INDArray pictures, long place) {
            return new Seen(
                    Math.round(255 * pictures.getFloat(place, 0, 0, 0)) - 1,
                    Math.round(255 * pictures.getFloat(place, 0, 1, 0)) - 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 1, 1, 4", "3, 4, 1, 2", "2, 2, 3, 6", "4, 1, 8, 8"})
    void anEpisodeShowsItsClassesWithLabelsAndAsksForAnotherDrawing(int ways, int shots, int group, int batch) {
        long seed = 11;
        EpisodeStream stream = stream(ways, shots, 9, group, seed, batch);
        Set<Integer> answers = new HashSet<>();
        for (int round = 0; round < 5; round++) {
            MultiDataSet episodes = stream.next();
            INDArray pictures = episodes.getFeatures(0);
            INDArray labels = episodes.getFeatures(1);
            int steps = ways * shots + 1;
            int groups = batch / group;
            assertThat(pictures.shape()).containsExactly((long) (steps - 1) * groups + batch, 31, 31, 1);
            assertThat(labels.shape()).containsExactly(steps, batch, ways);
            for (int b = 0; b < batch; b++) {
                Set<Seen> shown = new HashSet<>();
                int[] characterOf = new int[ways];
                Arrays.fill(characterOf, -1);
                int[] times = new int[ways];
                for (int t = 0; t < steps - 1; t++) {
                    Seen seen = Seen.at(pictures, (long) t * groups + b / group);
                    assertThat(labels.slice(t).slice(b).sumNumber().intValue()).isEqualTo(1);
                    int way = labels.slice(t).slice(b).argMax().getInt(0);
                    times[way]++;
                    assertThat(shown.add(seen))
                            .as("drawings differ, seed %d", seed)
                            .isTrue();
                    assertThat(characterOf[way]).isIn(-1, seen.character);
                    characterOf[way] = seen.character;
                }
                assertThat(times).containsOnly(shots);
                assertThat(Arrays.stream(characterOf).distinct().count()).isEqualTo(ways);
                Seen asked = Seen.at(pictures, (long) (steps - 1) * groups + b);
                assertThat(shown).doesNotContain(asked);
                assertThat(labels.slice(steps - 1).slice(b).sumNumber().intValue())
                        .isZero();
                INDArray answer = episodes.getLabels(0).slice(b);
                assertThat(answer.sumNumber().intValue()).isEqualTo(1);
                assertThat(characterOf[answer.argMax().getInt(0)]).isEqualTo(asked.character);
                answers.add(answer.argMax().getInt(0));
            }
        }
        assertThat(answers).hasSize(ways);
    }

    @Test
    void everyCharacterAndEveryClassIsEquallyLikely() {
        long seed = 3;
        EpisodeStream stream = stream(3, 1, 6, 1, seed, 500);
        int[] characters = new int[6];
        int[] classes = new int[3];
        int[] firstShown = new int[3];
        for (int round = 0; round < 4; round++) {
            MultiDataSet episodes = stream.next();
            for (int b = 0; b < 500; b++) {
                characters[Seen.at(episodes.getFeatures(0), 3 * 500L + b).character]++;
                classes[episodes.getLabels(0).slice(b).argMax().getInt(0)]++;
                firstShown[episodes.getFeatures(1).slice(0).slice(b).argMax().getInt(0)]++;
            }
        }
        assertThat(Arrays.stream(characters).boxed())
                .allSatisfy(count -> assertThat(count / 2000.0).isCloseTo(1 / 6.0, within(0.03)));
        assertThat(Arrays.stream(classes).boxed())
                .allSatisfy(count -> assertThat(count / 2000.0).isCloseTo(1 / 3.0, within(0.04)));
        assertThat(Arrays.stream(firstShown).boxed())
                .allSatisfy(count -> assertThat(count / 2000.0).isCloseTo(1 / 3.0, within(0.04)));
    }

    @Test
    void anEpisodeDependsOnSeedAndNumberAlone() {
        MultiDataSet six = stream(4, 1, 9, 2, 8, 6).next();
        EpisodeStream later = stream(4, 1, 9, 2, 8, 2);
        later.moveTo(4);
        MultiDataSet last = later.next();
        assertThat(last.getLabels(0).slice(1)).isEqualTo(six.getLabels(0).slice(5));
        assertThat(Seen.at(last.getFeatures(0), 4 + 1)).isEqualTo(Seen.at(six.getFeatures(0), 4 * 3 + 5));
        assertThat(Seen.at(last.getFeatures(0), 3)).isEqualTo(Seen.at(six.getFeatures(0), 3 * 3 + 2));
        assertThat(stream(4, 1, 9, 2, 9, 6).next().getFeatures(0)).isNotEqualTo(six.getFeatures(0));
    }

    @Test
    void charactersAreTurnedByQuarterTurnsWhereThatIsAskedFor() {
        EpisodeStream stream =
                new EpisodeStream(new EpisodeTask(5, 2), numbered(9), new EpisodeStream.Manner(true, 1), 5, 20);
        INDArray pictures = stream.next().getFeatures(0);
        // The corner with ink is the lower right one of a drawing that is not turned.
        int[] corners = new int[4];
        for (int p = 0; p < pictures.size(0); p++) {
            corners[0] += pictures.getFloat(p, 30, 30, 0) == 1 ? 1 : 0;
            corners[1] += pictures.getFloat(p, 0, 30, 0) == 1 ? 1 : 0;
            corners[2] += pictures.getFloat(p, 0, 0, 0) == 1 ? 1 : 0;
            corners[3] += pictures.getFloat(p, 30, 0, 0) == 1 ? 1 : 0;
        }
        assertThat(Arrays.stream(corners).sum()).isEqualTo((int) pictures.size(0));
        assertThat(Arrays.stream(corners).boxed()).allMatch(count -> count > pictures.size(0) / 8);
    }

    @Test
    void aTurnIsToTheLeft() {
        Characters characters = numbered(3);
        float[] turned = new float[4 * 961];
        for (int turns = 0; turns < 4; turns++) {
            characters.write(1, 2, turns, turned, turns * 961);
        }
        // The second pixel of the first row, which says drawing 2.
        float second = 3 / 255f;
        assertThat(turned[1]).isEqualTo(second);
        assertThat(turned[961 + 29 * 31]).isEqualTo(second);
        assertThat(turned[2 * 961 + 30 * 31 + 29]).isEqualTo(second);
        assertThat(turned[3 * 961 + 31 + 30]).isEqualTo(second);
    }

    @Test
    void moreWaysThanCharactersAndMoreShotsThanDrawingsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stream(7, 1, 6, 1, 1, 1))
                .withMessage("EpisodeStream: expected at least 7 characters, as there are ways, found 6.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stream(5, 5, 6, 1, 1, 1))
                .withMessage(
                        "EpisodeStream: number0: expected at least 6 drawings, one more than there are shots, found"
                                + " 5.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> stream(5, 1, 6, 3, 1, 8))
                .withMessage("EpisodeStream: expected whole groups of 3 in a batch, found 8.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EpisodeTask(1, 0))
                .withMessage("EpisodeTask: expected at least 2 ways and 1 shot, found 1 and 0.");
    }
}
