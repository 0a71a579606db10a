package org.plastic4j.data.omniglot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The shipped lists are those of the rule that is written down. */
class OmniglotSplitTest {
    private static List<String> names(OmniglotSplit split) {
        List<String> names = new ArrayList<>();
        split.archives().forEach(archive -> names.addAll(archive.characters()));
        return names;
    }

    private static List<String> sorted(String split, List<String> names) {
        return names.stream()
                .sorted(Comparator.comparing(name -> sha256("plastic4j omniglot " + split + " " + name)))
                .toList();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"BOTH, both, 1623", "BACKGROUND, background, 964"})
    void charactersAreHeldOutByTheRule(OmniglotSplit split, String key, int total) {
        assertThat(names(split)).hasSize(total).doesNotHaveDuplicates();
        List<String> order = sorted(key, names(split));
        assertThat(split.test()).containsExactlyInAnyOrderElementsOf(order.subList(0, 100));
        assertThat(split.validation()).containsExactlyInAnyOrderElementsOf(order.subList(100, 164));
    }

    @Test
    void wholeAlphabetsAreHeldOutByTheRule() {
        List<String> alphabets = names(OmniglotSplit.ALPHABETS).stream()
                .map(OmniglotSplitTest::alphabet)
                .distinct()
                .toList();
        assertThat(alphabets).hasSize(30);
        List<String> order = sorted("alphabets", alphabets);
        assertHolds(OmniglotSplit.ALPHABETS.test(), order.subList(0, 6));
        assertHolds(OmniglotSplit.ALPHABETS.validation(), order.subList(6, 9));
    }

    @Test
    void theOfficialSplitTestsOnTheWholeEvaluationArchive() {
        assertThat(OmniglotSplit.OFFICIAL.test())
                .hasSize(659)
                .containsExactlyInAnyOrderElementsOf(
                        OfficialArchive.of(OfficialArchive.EVALUATION).characters());
    }

    @Test
    void vinyalsSplitTestsOnTheLast423CharactersByAlphabet() {
        List<String> names = names(OmniglotSplit.VINYALS).stream().sorted().toList();

        assertThat(OmniglotSplit.VINYALS.test())
                .containsExactlyInAnyOrderElementsOf(
                        OfficialArchive.of(OfficialArchive.EVALUATION).characters().stream()
                                .skip(659 - 423)
                                .toList());
        assertThat(names).hasSize(1200 + 423);
        assertThat(OmniglotSplit.VINYALS.test().stream()
                        .map(OmniglotSplitTest::alphabet)
                        .distinct())
                .hasSize(13);
    }

    @ParameterizedTest
    @EnumSource(names = {"OFFICIAL", "VINYALS"})
    void theFieldsSplitsAreValidatedOnFiveAlphabetsOfTheBackground(OmniglotSplit split) {
        List<String> alphabets = List.of("Armenian", "Bengali", "Early_Aramaic", "Hebrew", "Mkhedruli_(Georgian)");
        assertThat(split.validation())
                .hasSize(172)
                .containsExactlyInAnyOrderElementsOf(
                        OfficialArchive.of(OfficialArchive.BACKGROUND).characters().stream()
                                .filter(name -> alphabets.contains(alphabet(name)))
                                .toList());
    }

    private static void assertHolds(Set<String> found, List<String> alphabets) {
        assertThat(found)
                .containsExactlyInAnyOrderElementsOf(names(OmniglotSplit.ALPHABETS).stream()
                        .filter(name -> alphabets.contains(alphabet(name)))
                        .toList());
    }

    private static String alphabet(String character) {
        return character.substring(0, character.indexOf('/'));
    }

    @ParameterizedTest
    @EnumSource
    void noCharacterIsForTestAndForValidation(OmniglotSplit split) {
        Set<String> both = new TreeSet<>(split.test());
        both.retainAll(split.validation());
        assertThat(both).isEmpty();
    }
}
