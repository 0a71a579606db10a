package org.plastic4j.naturalimages;

import java.nio.FloatBuffer;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.testing.HeldOutContract;
import org.plastic4j.training.figure.Figure;

/** By the pictures themselves. */
@Tag("slow")
class HeldOutTest extends HeldOutContract<Config> {
    /** Generated pictures of two leaves, whose border just cuts a corner, can be alike by chance. */
    private static final int FEW_LEVELS = 8;

    HeldOutTest() {
        super(NaturalImages::new, "data.source=generated");
    }

    @Override
    protected Set<?> contents(MultiDataSet lifetimes) {
        return wholeInputs(lifetimes).stream()
                .filter(picture -> levels(picture) > FEW_LEVELS)
                .collect(Collectors.toSet());
    }

    private static long levels(FloatBuffer picture) {
        return IntStream.range(picture.position(), picture.limit())
                .mapToObj(picture::get)
                .distinct()
                .count();
    }

    @Override
    protected boolean shows(Figure figure, MultiDataSet lifetime) {
        return holds(figure, lifetime.getLabels(0).data().asFloat(), -1, 1);
    }
}
