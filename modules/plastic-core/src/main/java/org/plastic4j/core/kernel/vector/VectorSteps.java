package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.StepKernel;
import org.plastic4j.core.kernel.WorkerGroup;

/** Steps of layers whose traces decay, or that have none, by the loops of {@link VectorLifetime}. */
final class VectorSteps implements StepKernel {
    private final LifetimeBuffers m;
    private final StepWindow window;
    private VectorLifetime[] partitions;

    VectorSteps(LifetimeTensors parameters) {
        m = LifetimeBuffers.ofWindow(parameters, VectorForward.BLOCK_WIDTH, false);
        window = new StepWindow(m);
        load(parameters);
    }

    @Override
    public void load(LifetimeTensors parameters) {
        new BufferTransfer(parameters, m).loadParameters();
        partitions = Arrays.stream(Partition.ofStep(m))
                .map(partition -> new VectorLifetime(parameters, m, partition))
                .toArray(VectorLifetime[]::new);
    }

    @Override
    public void begin(LifetimeTensors state) {
        BufferTransfer transfer = new BufferTransfer(state, m);
        window.begin(transfer);
        Arrays.fill(m.hebb, 0);
        Arrays.fill(m.q, 0);
        if (m.isPlastic()) {
            transfer.loadInitialTrace(m.hebb);
        }
        for (VectorLifetime partition : partitions) {
            partition.begin();
        }
    }

    @Override
    public void step(INDArray drive, INDArray mask, INDArray value, INDArray y) {
        int t = window.open(drive, mask, value);
        boolean clamped = mask != null;
        if (partitions.length == 1) {
            partitions[0].step(t, clamped);
        } else {
            WorkerGroup.run(partitions.length, (group, member) -> partitions[member].step(t, clamped));
        }
        window.store(y);
    }

    @Override
    public void store(INDArray y, INDArray[] traces) {
        window.store(y);
        if (!m.isPlastic()) {
            return;
        }
        // Not in place: the trace would be rounded where a lifetime does not round it.
        float[] hebb = new float[m.hebb.length];
        WorkerGroup.run(partitions.length, (group, member) -> partitions[member].storeTraces(window.last(), hebb));
        new BufferTransfer(m).storeMatrices(hebb, traces[0]);
    }
}
