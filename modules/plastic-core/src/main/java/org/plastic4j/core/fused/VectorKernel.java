package org.plastic4j.core.fused;

import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The fast kernel, for float: vectorised, multi-threaded, and within the memory of a few matrices. */
final class VectorKernel implements LifetimeKernel {

    @Override
    public void forward(LifetimeTensors in, INDArray y, INDArray hebb) {
        LifetimeBuffers m = LifetimeBuffers.borrow(in);
        BufferTransfer transfer = new BufferTransfer(in, m);
        transfer.loadParameters();
        transfer.loadInitialTrace(m.hebb);
        transfer.loadSteps(in.get(Slot.DRIVE));
        transfer.loadClamp();
        Share.run(m, share -> new VectorLifetime(in, m, share).live());
        transfer.storeSteps(m.y, y);
        if (hebb != null) {
            transfer.storeMatrices(m.hebb, hebb);
        }
        m.giveBack();
    }

    @Override
    public void backward(
            LifetimeTensors in, INDArray y, INDArray yGradient, INDArray hebbGradient, Map<Slot, INDArray> gradients) {
        LifetimeBuffers m = LifetimeBuffers.borrow(in);
        GradientBuffers d = m.gradients();
        BufferTransfer transfer = new BufferTransfer(in, m);
        transfer.loadParameters();
        transfer.loadInitialTrace(d.groupTraces[0]);
        transfer.loadSteps(y);
        transfer.loadClamp();
        HostArrays.read(yGradient, d.yGradient);
        if (hebbGradient != null) {
            transfer.loadMatrices(hebbGradient, d.trace);
        }
        Arrays.fill(d.eta, 0);
        Arrays.fill(d.sharedAlpha, 0);
        Share.run(m, share -> new VectorGradient(in, m, share).live());
        gradients.forEach(transfer::storeGradient);
        m.giveBack();
    }
}
