package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.StepKernel;
import org.plastic4j.core.kernel.Team;

/** Steps of layers whose traces add up within a bound, by the loops of {@link VectorBoundedLifetime}. */
final class VectorBoundedSteps implements StepKernel {
    private final LifetimeBuffers m;
    private final BoundedBuffers s;
    private final StepWindow window;
    private VectorBoundedLifetime[] shares;

    VectorBoundedSteps(LifetimeTensors parameters) {
        m = LifetimeBuffers.ofWindow(parameters, VectorForward.STRIP);
        s = m.bounded(parameters.spec().traces() > 1);
        window = new StepWindow(m);
        load(parameters);
    }

    @Override
    public void load(LifetimeTensors parameters) {
        BufferTransfer transfer = new BufferTransfer(parameters, m);
        transfer.loadParameters();
        new BoundedTransfer(parameters, s, transfer).loadRule();
        shares = Arrays.stream(Share.ofStep(m))
                .map(share -> new VectorBoundedLifetime(parameters, s, share))
                .toArray(VectorBoundedLifetime[]::new);
    }

    @Override
    public void begin(LifetimeTensors state) {
        BufferTransfer transfer = new BufferTransfer(state, m);
        window.begin(transfer);
        Arrays.fill(s.steps, 0);
        Arrays.fill(s.signal, 0);
        new BoundedTransfer(state, s, transfer).loadInitialTraces();
    }

    @Override
    public void step(INDArray drive, INDArray mask, INDArray value, INDArray y) {
        step(window.open(drive, mask, value), mask != null);
        window.store(y);
    }

    private void step(int t, boolean clamped) {
        if (shares.length == 1) {
            shares[0].step(t, clamped);
        } else {
            Team.run(shares.length, (team, member) -> shares[member].step(t, clamped));
        }
    }

    @Override
    public void store(INDArray y, INDArray[] traces) {
        bringTracesUpToDate();
        window.store(y);
        new BoundedTransfer(s).storeTraces(traces);
    }

    /** A step makes up for the update of the one before; here it is made up for as at the end of a lifetime. */
    private void bringTracesUpToDate() {
        if (window.last() == 0) {
            return;
        }
        window.moveTo(m.steps);
        step(m.steps + 1, false);
        // Nothing is late any more, as at the beginning.
        window.restart();
    }
}
