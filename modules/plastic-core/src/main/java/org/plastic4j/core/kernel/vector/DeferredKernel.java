package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.HostView;
import org.plastic4j.core.kernel.LifetimeKernel;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.StepKernel;
import org.plastic4j.core.spec.Slot;

/** The kernel of layers whose traces only decay, or that have none: updates are deferred, see {@link VectorForward}. */
final class DeferredKernel implements LifetimeKernel {
    @Override
    public StepKernel steps(LifetimeTensors parameters) {
        return new DeferredSteps(parameters);
    }

    @Override
    public void forward(LifetimeTensors in, INDArray y, INDArray[] traces) {
        LifetimeBuffers m = LifetimeBuffers.acquire(in, VectorForward.BLOCK_WIDTH, false);
        BufferTransfer transfer = new BufferTransfer(in, m);
        m.setPairsStored(false);
        transfer.loadParameters();
        transfer.loadSteps(in.get(Slot.DRIVE));
        transfer.loadClamp();
        try (HostView first = in.has(Slot.HEBB0) ? HostView.reading(in.get(Slot.HEBB0)) : null;
                HostView last = m.isPlastic() ? HostView.writing(traces[0]) : null) {
            Partition.run(
                    m,
                    partition -> partition.forEachBlock(m, block -> {
                        if (first != null) {
                            block.forEachPart((panel, b) -> transfer.loadTrace(first, panel, b, m.hebb));
                        }
                        new VectorLifetime(in, m, block, m.scratch(block.member())).run(first != null);
                        if (last != null) {
                            block.forEachPart((panel, b) -> transfer.storeTrace(m.hebb, panel, b, last));
                        }
                    }));
        }
        transfer.storeSteps(m.y, y);
        m.setPairsStored(m.pairs() != null);
        m.release(VectorLanes.areFinite(m.y));
    }

    @Override
    public void backward(
            LifetimeTensors in,
            INDArray y,
            INDArray yGradient,
            INDArray[] traceGradients,
            Map<String, INDArray> gradients) {
        LifetimeBuffers m = LifetimeBuffers.acquire(in, VectorForward.BLOCK_WIDTH, false);
        GradientBuffers d = m.gradients();
        BufferTransfer transfer = new BufferTransfer(in, m);
        m.setPairsStored(m.arePairsStored() && transfer.holdsLife(y));
        if (!m.arePairsStored()) {
            transfer.loadSteps(y);
            transfer.loadAlpha();
        }
        transfer.loadTransposedParameters();
        transfer.loadClamp();
        HostArrays.read(yGradient, d.yGradient);
        Arrays.fill(d.eta, 0);
        Arrays.fill(d.sharedAlpha, 0);
        run(in, m, transfer, traceGradients, gradients);
        products(in, m, transfer);
        gradients.forEach((label, array) -> transfer.storeGradient(Slot.of(label), array));
        m.release(VectorLanes.areFinite(d.g));
    }

    /** The backward pass of all lifetimes: the gradients of every step's output, and of what a lifetime begins with. */
    private static void run(
            LifetimeTensors in,
            LifetimeBuffers m,
            BufferTransfer transfer,
            INDArray[] traceGradients,
            Map<String, INDArray> gradients) {
        GradientBuffers d = m.gradients();
        boolean hasTrace = in.has(Slot.HEBB0);
        double eta = in.has(Slot.ETA) ? in.get(Slot.ETA).getDouble(0) : 0;
        boolean reverses = ReplayPlan.reverses(m.chunks(), (long) m.held * m.size, eta);
        d.begin(hasTrace, reverses);
        boolean isTraceAsked = m.isPlastic() && traceGradients.length > 0;
        try (HostView first = hasTrace ? HostView.reading(in.get(Slot.HEBB0)) : null;
                HostView gradient = isTraceAsked ? HostView.reading(traceGradients[0]) : null;
                HostView firstGradient = hasTrace ? HostView.writing(gradients.get(Slot.HEBB0.label())) : null) {
            Partition.run(
                    m,
                    partition -> partition.forEachBlock(m, block -> {
                        block.forEachPart((panel, b) -> {
                            if (hasTrace) {
                                transfer.loadTransposedTrace(first, panel, b, d.checkpoints[0]);
                            }
                            if (isTraceAsked) {
                                transfer.loadTransposedTrace(gradient, panel, b, d.trace);
                            } else if (m.isPlastic()) {
                                m.layout.clear(panel, d.trace, m.matrix(b));
                            }
                        });
                        new VectorGradient(in, m, block, reverses).run();
                        if (hasTrace) {
                            block.forEachPart(
                                    (panel, b) -> transfer.storeTransposedTrace(d.trace, panel, b, firstGradient));
                        }
                    }));
        }
    }

    /** The products of the gradients, for as many lifetimes at a time as have room for their first traces. */
    private static void products(LifetimeTensors in, LifetimeBuffers m, BufferTransfer transfer) {
        boolean hasTrace = in.has(Slot.HEBB0);
        int atATime = hasTrace ? m.held : m.batch;
        try (HostView first = hasTrace ? HostView.reading(in.get(Slot.HEBB0)) : null) {
            for (int from = 0; from < m.batch; from += atATime) {
                int begin = from;
                int end = Math.min(from + atATime, m.batch);
                if (hasTrace) {
                    transfer.loadTraces(first, begin, end, m.hebb);
                }
                Partition.run(
                        m,
                        partition ->
                                new VectorProducts(in, m, begin, end, m.scratch(partition.member())).run(partition));
            }
        }
    }
}
