package org.plastic4j.core.kernel.reference;

import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.LifetimeThreads;
import org.plastic4j.core.kernel.ReadoutTensors;
import org.plastic4j.core.kernel.Team;
import org.plastic4j.core.spec.ReadoutSlot;

/**
 * Computes readouts and their gradients in plain loops, in double for floats too: all that a lifetime works on stays in
 * a processor's nearest cache. Threads take lifetimes of the batch from end to end, and what lifetimes share is summed
 * in their order, so that the number of threads does not show in the results.
 */
public final class ReadoutKernel {
    private ReadoutKernel() {}

    /**
     * Lives a batch of lifetimes.
     *
     * @param y receives the outputs, [T, B, n]
     * @param hebb receives the final traces, [B, m, n]; null where the readout is not plastic
     */
    public static void forward(ReadoutTensors in, INDArray y, INDArray hebb) {
        ReadoutLifetimes lifetimes = new ReadoutLifetimes(in);
        double[][] outputs = Rows.split(HostArrays.doubles(in.get(ReadoutSlot.DRIVE)), lifetimes.n);
        double[] traces = hebb == null ? null : new double[lifetimes.lengthOfTraces()];
        forEachLifetime(lifetimes.batch, () -> {
            double[][] trace = lifetimes.matrix();
            double[] connections = new double[lifetimes.m];
            return b -> {
                lifetimes.live(b, trace, connections, outputs);
                if (traces != null) {
                    Rows.writeTransposed(trace, traces, b);
                }
            };
        });
        HostArrays.write(Rows.join(outputs), y);
        if (hebb != null) {
            HostArrays.write(traces, hebb);
        }
    }

    /**
     * The gradients of {@code sum(y * yGradient) + sum(hebb * hebbGradient)}.
     *
     * @param y the outputs that {@link #forward} gave
     * @param yGradient [T, B, n]
     * @param hebbGradient [B, m, n]; null where the readout is not plastic
     * @param gradients an array for each input, which receives its gradient
     */
    public static void backward(
            ReadoutTensors in,
            INDArray y,
            INDArray yGradient,
            INDArray hebbGradient,
            Map<ReadoutSlot, INDArray> gradients) {
        ReadoutLifetimes lifetimes = new ReadoutLifetimes(in);
        double[][] outputs = Rows.split(HostArrays.doubles(y), lifetimes.n);
        double[][] outputGradients = Rows.split(HostArrays.doubles(yGradient), lifetimes.n);
        double[] traceGradients = hebbGradient == null ? null : HostArrays.doubles(hebbGradient);
        ReadoutGradients into = new ReadoutGradients(lifetimes);
        forEachLifetime(lifetimes.batch, () -> {
            ReadoutBackward backward = new ReadoutBackward(lifetimes, into, outputs, outputGradients, traceGradients);
            return backward::accumulate;
        });
        gradients.forEach((slot, array) -> HostArrays.write(into.of(slot), array));
    }

    /** Shares lifetimes out among threads, each of which first makes itself what it works with. */
    private static void forEachLifetime(int batch, Supplier<IntConsumer> worker) {
        Team.run(Math.min(LifetimeThreads.get(), batch), (team, member) -> {
            IntConsumer work = worker.get();
            int end = Team.part(batch, member + 1, team.size());
            for (int b = Team.part(batch, member, team.size()); b < end; b++) {
                work.accept(b);
            }
        });
    }
}
