package org.plastic4j.core.kernel.vector;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.StepKernel;
import org.plastic4j.core.kernel.WorkerGroup;

/** Steps by the loops of a forward pass, over a window of a few steps. */
abstract class VectorSteps implements StepKernel {
    /** One thread's part of a step. */
    interface Part {
        /** Runs step t of all lifetimes of its partition, when the one before is over in all partitions. */
        void step(int t, boolean clamped);
    }

    final LifetimeBuffers m;
    final StepWindow window;

    VectorSteps(LifetimeBuffers m) {
        this.m = m;
        window = new StepWindow(m);
    }

    /** As many as there are partitions of a step. */
    abstract Part[] parts();

    @Override
    public final void step(INDArray drive, INDArray mask, INDArray value, INDArray y) {
        step(window.open(drive, mask, value), mask != null);
        window.store(y);
    }

    final void step(int t, boolean clamped) {
        Part[] parts = parts();
        if (parts.length == 1) {
            parts[0].step(t, clamped);
        } else {
            WorkerGroup.run(parts.length, (group, member) -> parts[member].step(t, clamped));
        }
    }
}
