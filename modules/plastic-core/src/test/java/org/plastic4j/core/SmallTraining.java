package org.plastic4j.core;

import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Sgd;

/** SameDiff's own training. It names nothing of this library. */
final class SmallTraining {
    static final double RATE = 0.01;

    private SmallTraining() {}

    /** So many steps of gradient descent, with the placeholder "x" fed. */
    static void fit(SameDiff graph, INDArray x, int updates) {
        graph.setTrainingConfig(TrainingConfig.builder()
                .updater(new Sgd(RATE))
                .dataSetFeatureMapping("x")
                .markLabelsUnused()
                .build());
        for (int k = 0; k < updates; k++) {
            graph.fit(new MultiDataSet(new INDArray[] {x}, new INDArray[0]));
        }
    }
}
