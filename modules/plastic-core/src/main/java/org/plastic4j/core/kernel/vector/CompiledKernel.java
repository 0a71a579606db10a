package org.plastic4j.core.kernel.vector;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.LifetimeKernel;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.StepKernel;
import org.plastic4j.core.spec.Slot;

/** The kernel of compiled rules: with vectors, or in plain floats where there are none. */
final class CompiledKernel implements LifetimeKernel {

    @Override
    public StepKernel steps(LifetimeTensors parameters) {
        return new CompiledSteps(parameters);
    }

    @Override
    public void forward(LifetimeTensors in, INDArray y, INDArray[] traces) {
        LifetimeBuffers m = LifetimeBuffers.acquire(in, VectorLanes.BLOCK_WIDTH, true);
        RuleTransfer transfer = RuleTransfer.of(in, m);
        transfer.load(in.get(Slot.DRIVE));
        transfer.loadInitialTraces();
        RuleBuffers s = transfer.buffers();
        boolean clamped = in.has(Slot.MASK);
        Partition.runWhole(
                m,
                (partition, index) -> s.part(VectorRuleForward.class, partition.member(), VectorRuleForward::of)
                        .run(partition, clamped));
        transfer.common().storeSteps(m.y, y);
        transfer.storeTraces(traces);
        m.release(VectorLanes.areFinite(m.y));
    }

    @Override
    public void backward(
            LifetimeTensors in,
            INDArray y,
            INDArray yGradient,
            INDArray[] traceGradients,
            Map<String, INDArray> gradients) {
        LifetimeBuffers m = LifetimeBuffers.acquire(in, VectorLanes.BLOCK_WIDTH, true);
        RuleTransfer transfer = RuleTransfer.of(in, m);
        RuleBuffers s = transfer.buffers();
        transfer.load(y);
        boolean given = in.has(Slot.HEBB0) || in.has(Slot.ELIGIBILITY0);
        if (given) {
            transfer.loadInitialTraces();
        }
        transfer.loadGradients(yGradient, traceGradients);
        boolean clamped = in.has(Slot.MASK);
        Partition.runWhole(
                m,
                (partition, index) -> s.part(VectorRuleGradient.class, partition.member(), VectorRuleGradient::of)
                        .run(partition, s.checkpoints(index), given, clamped));
        gradients.forEach(transfer::storeGradient);
        m.release(VectorLanes.areFinite(s.gradients().g));
    }
}
