package org.plastic4j.training.optimizer;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An optimizer whose first updates are not applied; it counts them, and the other begins after them. */
public final class LateOptimizer implements Optimizer {
    private final Optimizer optimizer;
    private final int skipped;
    private int step;

    /**
     * @param optimizer what updates after them
     * @param skipped how many updates are not applied
     */
    public LateOptimizer(Optimizer optimizer, int skipped) {
        this.optimizer = optimizer;
        this.skipped = skipped;
    }

    @Override
    public void update(Map<String, INDArray> gradients) {
        if (step >= skipped) {
            optimizer.update(gradients);
        }
        step++;
    }

    @Override
    public int step() {
        return step;
    }

    @Override
    public Map<String, INDArray> moments() {
        return optimizer.moments();
    }

    @Override
    public void restore(int step, Map<String, INDArray> saved) {
        optimizer.restore(Math.max(0, step - skipped), saved);
        this.step = step;
    }
}
