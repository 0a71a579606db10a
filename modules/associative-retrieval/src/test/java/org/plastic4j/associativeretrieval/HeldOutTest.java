package org.plastic4j.associativeretrieval;

import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.testing.HeldOutContract;
import org.plastic4j.training.figure.Figure;

/** By whole sequences. */
class HeldOutTest extends HeldOutContract<Config> {
    HeldOutTest() {
        super(AssociativeRetrieval::new);
    }

    @Override
    protected Set<?> contents(MultiDataSet lifetimes) {
        // Those that are trained on: what networks are measured on comes after them.
        INDArray sequences = lifetimes.getFeatures(0).permute(1, 0, 2).dup('c');
        Set<FloatBuffer> contents = new HashSet<>();
        for (int b = 0; b < sequences.size(0); b++) {
            contents.add(FloatBuffer.wrap(sequences.slice(b).dup('c').data().asFloat()));
        }
        return contents;
    }

    @Override
    protected boolean shows(Figure figure, MultiDataSet lifetime) {
        return holds(figure, lifetime.getFeatures(0).data().asFloat(), 0, 1);
    }
}
