package org.plastic4j.data.omniglot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GeneratedCharactersTest {
    private static float[] drawing(Characters characters, int character, int drawing) {
        float[] pixels = new float[961];
        characters.write(character, drawing, 0, pixels, 0);
        return pixels;
    }

    @Test
    void theSameSeedGivesTheSameCharactersAndAnotherSeedOthers() {
        CharacterData data = GeneratedCharacters.data(4, false);
        assertThat(drawing(data.test(), 7, 3))
                .isEqualTo(drawing(GeneratedCharacters.data(4, true).test(), 7, 3))
                .isNotEqualTo(drawing(GeneratedCharacters.data(5, false).test(), 7, 3));
        assertThat(data.training().count()).isEqualTo(230);
        assertThat(data.validation().count()).isZero();
        assertThat(data.test().count()).isEqualTo(60);
        assertThat(GeneratedCharacters.data(4, true).validation().count()).isEqualTo(30);
    }

    @Test
    void drawingsAreThinLinesOfInkOnPaper() {
        Characters characters = GeneratedCharacters.data(1, false).training();
        for (int c = 0; c < characters.count(); c += 10) {
            float[] pixels = drawing(characters, c, c % 20);
            double ink = 0;
            for (float pixel : pixels) {
                ink += pixel / 961;
            }
            assertThat(ink).as("share of ink of character %d", c).isBetween(0.01, 0.25);
        }
    }

    @Test
    void drawingsOfACharacterDifferButAreNearerToEachOtherThanToOthers() {
        Characters characters = GeneratedCharacters.data(2, false).test();
        int right = 0;
        for (int c = 0; c < characters.count(); c++) {
            float[] asked = drawing(characters, c, 1);
            assertThat(asked).isNotEqualTo(drawing(characters, c, 0));
            int nearest = -1;
            double least = Double.MAX_VALUE;
            for (int k = 0; k < 5; k++) {
                int other = (c + 7 * k) % characters.count();
                double distance = distance(asked, drawing(characters, other, 0));
                if (distance < least) {
                    least = distance;
                    nearest = other;
                }
            }
            right += nearest == c ? 1 : 0;
        }
        // One of five by chance.
        assertThat(right / (double) characters.count()).isGreaterThan(0.5);
    }

    private static double distance(float[] left, float[] right) {
        double[] squares = new double[left.length];
        Arrays.setAll(squares, k -> Math.pow(left[k] - right[k], 2));
        return Arrays.stream(squares).sum();
    }
}
