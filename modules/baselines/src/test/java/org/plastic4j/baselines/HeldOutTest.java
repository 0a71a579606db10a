package org.plastic4j.baselines;

import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.testing.HeldOutContract;
import org.plastic4j.training.figure.Figure;

/** By the patterns themselves. */
@Tag("slow")
class HeldOutTest extends HeldOutContract<Config> {
    HeldOutTest() {
        super(Baselines::new);
    }

    @Override
    protected Set<?> contents(MultiDataSet lifetimes) {
        return wholeInputs(lifetimes);
    }

    @Override
    protected boolean shows(Figure figure, MultiDataSet lifetime) {
        return holds(figure, lifetime.getLabels(0).data().asFloat(), -1, 1);
    }
}
