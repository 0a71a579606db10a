package org.plastic4j.data.omniglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plastic4j.data.InvalidData;

/** Sets of characters that share one are no sets of data. */
class CharacterDataTest {
    /** Characters a, b, c, d with two drawings each; those of d are those of a. */
    private static final Drawings ALL = drawings();

    private static Drawings drawings() {
        byte[] ink = new byte[8 * Drawings.PIXELS];
        for (int drawing = 0; drawing < 8; drawing++) {
            Arrays.fill(ink, drawing * Drawings.PIXELS, (drawing + 1) * Drawings.PIXELS, (byte) (drawing % 6));
        }
        return new Drawings(List.of("a", "b", "c", "d"), List.of(2, 2, 2, 2), ink);
    }

    private static CharacterData data(String training, String validation, String test) {
        return new CharacterData("Letters", select(training), select(validation), select(test), Map.of());
    }

    private static Characters select(String names) {
        return ALL.select(names.chars().mapToObj(Character::toString).toList());
    }

    @Test
    void setsThatShareNoCharacterAreData() {
        assertThat(data("a", "b", "c").test().count()).isEqualTo(1);
        assertThat(data("ab", "", "c").validation().count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"ab, '', cb, training, test", "ab, b, c, training, validation", "a, cb, b, validation, test"})
    void characterInTwoSetsIsRejectedInOneSentence(
            String training, String validation, String test, String one, String other) {
        assertThatExceptionOfType(InvalidData.class)
                .isThrownBy(() -> data(training, validation, test))
                .withMessage(
                        "Letters: expected training, validation and test characters that share none, found b for %s"
                                + " and for %s",
                        one, other);
    }

    @Test
    void sameNameWithOtherDrawingsIsTheSameCharacter() {
        Characters other = new Drawings(List.of("a"), List.of(1), new byte[Drawings.PIXELS]).select(List.of("a"));
        assertThatExceptionOfType(InvalidData.class)
                .isThrownBy(() -> new CharacterData("Letters", select("ab"), other, select("c"), Map.of()))
                .withMessageEndingWith("found a for training and for validation");
    }

    @Test
    void sameDrawingsUnderAnotherNameAreTheSameCharacter() {
        assertThatExceptionOfType(InvalidData.class)
                .isThrownBy(() -> data("ab", "", "cd"))
                .withMessage("Letters: expected training, validation and test characters that share none, found a for"
                        + " training and its drawings as d for test");
    }
}
