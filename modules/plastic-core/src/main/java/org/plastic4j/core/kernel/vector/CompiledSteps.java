package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.LifetimeTensors;

/** Steps of layers with a compiled rule, by the loops of {@link VectorRuleForward}. */
final class CompiledSteps extends VectorSteps {
    private final RuleTransfer rule;
    private VectorRuleForward[] partitions;

    CompiledSteps(LifetimeTensors parameters) {
        super(LifetimeBuffers.ofWindow(parameters, VectorLanes.BLOCK_WIDTH, true));
        rule = RuleTransfer.of(parameters, m);
        load(parameters);
    }

    @Override
    public void load(LifetimeTensors parameters) {
        new RuleTransfer(parameters, rule.buffers(), new BufferTransfer(parameters, m)).loadParameters();
        partitions = Arrays.stream(Partition.ofStep(m))
                .map(partition -> VectorRuleForward.of(rule.buffers()).turnTo(partition))
                .toArray(VectorRuleForward[]::new);
    }

    @Override
    public void begin(LifetimeTensors state, INDArray... states) {
        BufferTransfer transfer = new BufferTransfer(state, m);
        window.begin(transfer);
        new RuleTransfer(state, rule.buffers(), transfer).loadInitialTraces();
        float[][] given = new float[states.length][m.batch * m.n];
        for (int k = 0; k < states.length; k++) {
            HostArrays.read(states[k], given[k]);
        }
        for (VectorRuleForward partition : partitions) {
            partition.begin(given);
        }
    }

    @Override
    Part[] parts() {
        return partitions;
    }

    @Override
    public void store(INDArray y, INDArray[] traces, INDArray... states) {
        bringTracesUpToDate();
        window.store(y);
        rule.storeTraces(traces);
        float[][] own = new float[states.length][m.batch * m.n];
        for (VectorRuleForward partition : partitions) {
            partition.store(own);
        }
        for (int k = 0; k < states.length; k++) {
            HostArrays.write(own[k], states[k]);
        }
    }

    /** A step makes up for the update of the one before; here it is made up for as at the end of a lifetime. */
    private void bringTracesUpToDate() {
        if (window.last() == 0) {
            return;
        }
        window.moveTo(m.steps);
        step(m.steps + 1, false);
        // Nothing is deferred any more, as at the beginning.
        window.restart();
    }
}
