package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.WorkerGroup;

/** Steps of layers whose traces decay, or that have none, by the loops of {@link VectorLifetime}. */
final class DeferredSteps extends VectorSteps {
    private VectorLifetime[] partitions;

    DeferredSteps(LifetimeTensors parameters) {
        super(LifetimeBuffers.ofWindow(parameters, VectorForward.BLOCK_WIDTH, false));
        load(parameters);
    }

    @Override
    public void load(LifetimeTensors parameters) {
        new BufferTransfer(parameters, m).loadParameters();
        partitions = Arrays.stream(Partition.ofStep(m))
                .map(partition -> new VectorLifetime(parameters, m, partition, new Scratch()))
                .toArray(VectorLifetime[]::new);
    }

    @Override
    public void begin(LifetimeTensors state, INDArray... states) {
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
    Part[] parts() {
        return partitions;
    }

    @Override
    public void store(INDArray y, INDArray[] traces, INDArray... states) {
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
