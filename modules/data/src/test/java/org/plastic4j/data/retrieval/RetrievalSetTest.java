package org.plastic4j.data.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetrievalSetTest {
    private static final RetrievalTask PUBLISHED = new RetrievalTask(3);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 26})
    void sequenceIsPairsOfALetterAndADigitThenQuestionMarksAndOneOfTheLetters(int pairs) {
        RetrievalTask task = new RetrievalTask(pairs);
        for (String sequence : RetrievalSet.draw(task, 100, 5).sequences()) {
            assertThat(sequence).hasSize(task.steps()).matches("([a-z][0-9]){" + pairs + "}\\?\\?[a-z]");
            String letters = sequence.substring(0, 2 * pairs).replaceAll("[0-9]", "");
            assertThat(letters.chars().distinct().count()).as(sequence).isEqualTo(pairs);
            assertThat(letters).contains(sequence.substring(sequence.length() - 1));
        }
    }

    @Test
    void answerIsTheDigitThatFollowsTheLetterAskedFor() {
        assertThat(RetrievalTask.answer("c9k8j3??c")).isEqualTo('9');
        assertThat(RetrievalTask.answer("c9k8j3??k")).isEqualTo('8');
        assertThat(RetrievalTask.answer("c9k8j3??j")).isEqualTo('3');
    }

    @Test
    void publishedTaskHasNineStepsAndFortySevenMillionSequences() {
        assertThat(PUBLISHED.steps()).isEqualTo(9);
        assertThat(RetrievalTask.SYMBOLS).isEqualTo(37);
        assertThat(PUBLISHED.possible()).isEqualTo(26.0 * 25 * 24 * 1000 * 3);
    }

    @Test
    void sameSeedGivesTheSameSequencesAndAnotherOneOthers() {
        List<String> first = RetrievalSet.draw(PUBLISHED, 200, 7).sequences();

        assertThat(RetrievalSet.draw(PUBLISHED, 200, 7).sequences()).isEqualTo(first);
        assertThat(RetrievalSet.draw(PUBLISHED, 100, 7).sequences()).isEqualTo(first.subList(0, 100));
        assertThat(RetrievalSet.draw(PUBLISHED, 200, 8).sequences()).doesNotContainAnyElementsOf(first);
    }

    @Test
    void setsOfAFewPossibleSequencesShareNoneAndHaveNoneTwice() {
        RetrievalTask small = new RetrievalTask(1);
        RetrievalSet test = RetrievalSet.draw(small, 30, 1);
        RetrievalSet validation = RetrievalSet.draw(small, 30, 2, test);
        RetrievalSet training = RetrievalSet.draw(small, 70, 3, test, validation);

        Set<String> all = new HashSet<>();
        Stream.of(test, validation, training).forEach(set -> all.addAll(set.sequences()));
        assertThat(all).hasSize(130);
    }

    @Test
    void moreSequencesThanHalfOfThoseThatThereAreAreRejected() {
        RetrievalTask small = new RetrievalTask(1);
        RetrievalSet test = RetrievalSet.draw(small, 30, 1);

        assertThatThrownBy(() -> RetrievalSet.draw(small, 101, 2, test))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("RetrievalSet: expected at most 130 sequences of 1 pairs in all sets, found 131.");
    }

    @Test
    void everyLetterDigitAndPlaceIsAboutAsFrequentAsAnyOther() {
        int[] letters = new int[26];
        int[] digits = new int[10];
        int[] places = new int[3];
        int count = 20_000;
        for (String sequence : RetrievalSet.draw(PUBLISHED, count, 11).sequences()) {
            letters[sequence.charAt(2) - 'a']++;
            digits[RetrievalTask.answer(sequence) - '0']++;
            places[sequence.indexOf(sequence.charAt(8)) / 2]++;
        }
        // Five standard deviations of a binomial count, and seeds are fixed.
        assertThat(Arrays.stream(letters)).allMatch(n -> Math.abs(n - count / 26.0) < 140);
        assertThat(Arrays.stream(digits)).allMatch(n -> Math.abs(n - count / 10.0) < 215);
        assertThat(Arrays.stream(places)).allMatch(n -> Math.abs(n - count / 3.0) < 335);
    }
}
