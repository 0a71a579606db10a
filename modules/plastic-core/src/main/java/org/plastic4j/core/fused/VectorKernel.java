package org.plastic4j.core.fused;

import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The fast kernel, for float: vectorised, multi-threaded, and within the memory of a few matrices. */
final class VectorKernel implements LifetimeKernel {
    private static final LifetimeKernel BOUNDED = new VectorBoundedKernel();

    @Override
    public StepKernel steps(LifetimeTensors parameters) {
        return parameters.spec().isBounded() ? BOUNDED.steps(parameters) : new VectorSteps(parameters);
    }

    @Override
    public void forward(LifetimeTensors in, INDArray y, INDArray[] traces) {
        if (in.spec().isBounded()) {
            BOUNDED.forward(in, y, traces);
            return;
        }
        LifetimeBuffers m = LifetimeBuffers.borrow(in, VectorForward.STRIP);
        BufferTransfer transfer = new BufferTransfer(in, m);
        m.setPairsKept(false);
        transfer.loadParameters();
        boolean hasTrace = in.has(Slot.HEBB0);
        if (hasTrace) {
            transfer.loadInitialTrace(m.hebb);
        }
        transfer.loadSteps(in.get(Slot.DRIVE));
        transfer.loadClamp();
        Share.run(m, share -> share.forEachBlock(m, block -> new VectorLifetime(in, m, block).live(hasTrace)));
        transfer.storeSteps(m.y, y);
        if (m.isPlastic()) {
            transfer.storeMatrices(m.hebb, traces[0]);
            m.setPairsKept(m.pairs() != null);
        }
        m.giveBack(VectorLanes.areFinite(m.y));
    }

    @Override
    public void backward(
            LifetimeTensors in,
            INDArray y,
            INDArray yGradient,
            INDArray[] traceGradients,
            Map<Slot, INDArray> gradients) {
        if (in.spec().isBounded()) {
            BOUNDED.backward(in, y, yGradient, traceGradients, gradients);
            return;
        }
        LifetimeBuffers m = LifetimeBuffers.borrow(in, VectorForward.STRIP);
        boolean hasTrace = in.has(Slot.HEBB0);
        GradientBuffers d = m.gradients();
        BufferTransfer transfer = new BufferTransfer(in, m);
        m.setPairsKept(m.arePairsKept() && transfer.holdsLife(y));
        if (!m.arePairsKept()) {
            transfer.loadSteps(y);
            transfer.loadAlpha();
        }
        transfer.loadTransposedParameters();
        transfer.loadClamp();
        HostArrays.read(yGradient, d.yGradient);
        if (m.isPlastic()) {
            d.begin(hasTrace);
            if (hasTrace) {
                transfer.loadTransposedMatrices(in.get(Slot.HEBB0), d.kept[0]);
            }
            if (traceGradients.length == 0) {
                Arrays.fill(d.trace, 0);
            } else {
                transfer.loadTransposedMatrices(traceGradients[0], d.trace);
            }
        }
        Arrays.fill(d.eta, 0);
        Arrays.fill(d.sharedAlpha, 0);
        Share.run(m, share -> share.forEachBlock(m, block -> new VectorGradient(in, m, block).live()));
        if (hasTrace) {
            transfer.loadInitialTrace(m.hebb);
        }
        Share.run(m, share -> new VectorProducts(in, m).live(share));
        gradients.forEach(transfer::storeGradient);
        m.giveBack(VectorLanes.areFinite(d.g));
    }
}
