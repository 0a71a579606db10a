package org.plastic4j.omniglot;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.data.omniglot.CharacterData;
import org.plastic4j.data.omniglot.Characters;
import org.plastic4j.data.omniglot.GeneratedCharacters;
import org.plastic4j.testing.HeldOutContract;
import org.plastic4j.training.figure.Figure;

/** By the characters' names: each is known by its drawings, whichever way up. */
@Tag("slow")
class HeldOutTest extends HeldOutContract<Config> {
    private static final int PIXELS = Characters.SIDE * Characters.SIDE;
    private static final Map<FloatBuffer, String> NAMES = names();

    HeldOutTest() {
        super(OmniglotExperiment::new, "data.source=generated", "split.holdOutValidation=true");
    }

    private static Map<FloatBuffer, String> names() {
        Map<FloatBuffer, String> names = new HashMap<>();
        CharacterData data = GeneratedCharacters.data(0, true);
        Stream.of(data.training(), data.validation(), data.test()).forEach(characters -> {
            for (int c = 0; c < characters.count(); c++) {
                for (int k = 0; k < characters.drawings(c) * Characters.TURNS; k++) {
                    float[] drawing = new float[PIXELS];
                    characters.write(c, k / Characters.TURNS, k % Characters.TURNS, drawing, 0);
                    names.put(FloatBuffer.wrap(drawing), characters.name(c));
                }
            }
        });
        return names;
    }

    @Override
    protected Set<?> contents(MultiDataSet lifetimes) {
        float[] drawings = lifetimes.getFeatures(0).data().asFloat();
        Set<String> names = new HashSet<>();
        for (int from = 0; from < drawings.length; from += PIXELS) {
            names.add(Objects.requireNonNull(NAMES.get(FloatBuffer.wrap(drawings, from, PIXELS)), "a known drawing"));
        }
        return names;
    }

    @Override
    protected boolean shows(Figure figure, MultiDataSet lifetime) {
        float[] drawings = lifetime.getFeatures(0).data().asFloat();
        return holds(figure, Arrays.copyOfRange(drawings, drawings.length - PIXELS, drawings.length), 1, 0);
    }
}
