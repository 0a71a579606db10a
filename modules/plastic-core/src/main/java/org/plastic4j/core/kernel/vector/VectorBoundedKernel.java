package org.plastic4j.core.kernel.vector;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.LifetimeKernel;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.StepKernel;
import org.plastic4j.core.spec.Slot;

/** The fast kernel for rules that add up within a bound. */
final class VectorBoundedKernel implements LifetimeKernel {

    @Override
    public StepKernel steps(LifetimeTensors parameters) {
        return new VectorBoundedSteps(parameters);
    }

    @Override
    public void forward(LifetimeTensors in, INDArray y, INDArray[] traces) {
        LifetimeBuffers m = LifetimeBuffers.borrow(in, VectorForward.STRIP);
        BoundedBuffers s = m.bounded(in.spec().traces() > 1);
        BufferTransfer transfer = new BufferTransfer(in, m);
        BoundedTransfer own = load(in, s, transfer, in.get(Slot.DRIVE));
        own.loadInitialTraces();
        Share.runWhole(m, (share, place) -> new VectorBoundedLifetime(in, s, share).live());
        transfer.storeSteps(m.y, y);
        own.storeTraces(traces);
        m.giveBack(VectorLanes.areFinite(m.y));
    }

    @Override
    public void backward(
            LifetimeTensors in,
            INDArray y,
            INDArray yGradient,
            INDArray[] traceGradients,
            Map<Slot, INDArray> gradients) {
        LifetimeBuffers m = LifetimeBuffers.borrow(in, VectorForward.STRIP);
        BoundedBuffers s = m.bounded(in.spec().traces() > 1);
        BufferTransfer transfer = new BufferTransfer(in, m);
        BoundedTransfer own = load(in, s, transfer, y);
        own.loadFirstTraces();
        own.loadGradients(yGradient, traceGradients);
        s.prepareReplays(Share.placesWhole(m));
        Share.runWhole(m, (share, place) -> new VectorBoundedGradient(in, s, share, s.replay(place)).live());
        gradients.forEach(own::storeGradient);
        m.giveBack(VectorLanes.areFinite(s.gradients().g));
    }

    private static BoundedTransfer load(LifetimeTensors in, BoundedBuffers s, BufferTransfer transfer, INDArray steps) {
        BoundedTransfer own = new BoundedTransfer(in, s, transfer);
        transfer.loadParameters();
        own.loadRule();
        transfer.loadSteps(steps);
        transfer.loadClamp();
        return own;
    }
}
