package org.plastic4j.core.kernel.reference;

import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.LifetimeKernel;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.LifetimeThreads;
import org.plastic4j.core.kernel.StepKernel;
import org.plastic4j.core.kernel.WorkerGroup;
import org.plastic4j.core.spec.Slot;

/**
 * The kernel in plain loops and double precision: the one for graphs of doubles and for all readouts, the reference for the
 * vector kernel, and its stand-in where the JVM runs without the Vector API.
 *
 * <p>Threads take lifetimes of the batch from end to end, and what lifetimes share is summed in their order, so that the
 * number of threads does not show in the results.
 */
public final class ReferenceKernel implements LifetimeKernel {
    @Override
    public String toString() {
        return "plain loops";
    }

    @Override
    public StepKernel steps(LifetimeTensors parameters) {
        return new ReferenceSteps(parameters);
    }

    @Override
    public void forward(LifetimeTensors in, INDArray y, INDArray[] traces) {
        ReferenceLifetimes lifetimes = new ReferenceLifetimes(in);
        double[][] drive = Rows.split(HostArrays.doubles(in.get(Slot.DRIVE)), lifetimes.n);
        double[][] outputs = new double[drive.length][lifetimes.n];
        double[][] last = new double[traces.length][lifetimes.lengthOfTraces()];
        WorkerGroup.run(threads(lifetimes), (group, member) -> {
            ReferenceTraces own = ReferenceTraces.zeros(in.spec().layer());
            int end = WorkerGroup.part(lifetimes.batch, member + 1, group.size());
            for (int b = WorkerGroup.part(lifetimes.batch, member, group.size()); b < end; b++) {
                lifetimes.run(b, drive, outputs, own);
                own.write(last, b);
            }
        });
        HostArrays.write(Rows.join(outputs), y);
        for (int k = 0; k < traces.length; k++) {
            HostArrays.write(last[k], traces[k]);
        }
    }

    private static int threads(ReferenceLifetimes lifetimes) {
        return Math.min(LifetimeThreads.get(), lifetimes.batch);
    }

    @Override
    public void backward(
            LifetimeTensors in,
            INDArray y,
            INDArray yGradient,
            INDArray[] traceGradients,
            Map<String, INDArray> gradients) {
        ReferenceLifetimes lifetimes = new ReferenceLifetimes(in);
        double[][] outputs = Rows.split(HostArrays.doubles(y), lifetimes.n);
        double[][] outputGradients = Rows.split(HostArrays.doubles(yGradient), lifetimes.n);
        double[][] lastGradients =
                Arrays.stream(traceGradients).map(HostArrays::doubles).toArray(double[][]::new);
        ReferenceGradients into = new ReferenceGradients(lifetimes);
        BackwardPass[] passes = new BackwardPass[threads(lifetimes)];
        Arrays.setAll(passes, member -> new BackwardPass(lifetimes, into, outputs, outputGradients, lastGradients));
        WorkerGroup.run(passes.length, (group, member) -> {
            for (int first = 0; first < lifetimes.batch; first += passes.length) {
                int count = Math.min(passes.length, lifetimes.batch - first);
                if (member < count) {
                    passes[member].run(first + member);
                }
                group.await();
                for (int k = 0; k < count; k++) {
                    into.shared.add(passes[k].shared, member, passes.length);
                }
                group.await();
            }
        });
        gradients.forEach((label, array) -> HostArrays.write(into.of(label), array));
    }
}
