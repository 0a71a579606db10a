package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.StepKernel;
import org.plastic4j.core.kernel.Team;

/** Steps of layers with a compiled rule, by the loops of {@link VectorRuleForward}. */
final class VectorRuleSteps implements StepKernel {
    private final LifetimeBuffers m;
    private final RuleTransfer rule;
    private final StepWindow window;
    private VectorRuleForward[] shares;

    VectorRuleSteps(LifetimeTensors parameters) {
        m = LifetimeBuffers.ofWindow(parameters, VectorForward.STRIP);
        rule = RuleTransfer.of(parameters, m);
        window = new StepWindow(m);
        load(parameters);
    }

    @Override
    public void load(LifetimeTensors parameters) {
        new RuleTransfer(parameters, rule.buffers(), new BufferTransfer(parameters, m)).loadParameters();
        shares = Arrays.stream(Share.ofStep(m))
                .map(share -> new VectorRuleForward(parameters, rule.buffers(), share))
                .toArray(VectorRuleForward[]::new);
    }

    @Override
    public void begin(LifetimeTensors state) {
        BufferTransfer transfer = new BufferTransfer(state, m);
        window.begin(transfer);
        new RuleTransfer(state, rule.buffers(), transfer).loadInitialTraces();
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
        rule.storeTraces(traces);
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
