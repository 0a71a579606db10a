package org.plastic4j.core.kernel.reference;

import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.LifetimeKernel;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.StepKernel;
import org.plastic4j.core.spec.Slot;

/**
 * The kernel in plain loops and double precision: the one for graphs of doubles, the reference for the fast one, and
 * its stand-in where the JVM runs without the Vector API.
 */
public final class PlainKernel implements LifetimeKernel {
    @Override
    public String toString() {
        return "plain loops";
    }

    @Override
    public StepKernel steps(LifetimeTensors parameters) {
        return new PlainSteps(parameters);
    }

    @Override
    public void forward(LifetimeTensors in, INDArray y, INDArray[] traces) {
        PlainLifetimes lifetimes = new PlainLifetimes(in);
        double[] drive = HostArrays.doubles(in.get(Slot.DRIVE));
        double[] outputs = new double[drive.length];
        double[][] last = new double[traces.length][lifetimes.batch * lifetimes.n * lifetimes.n];
        for (int b = 0; b < lifetimes.batch; b++) {
            PlainTraces lived = lifetimes.live(b, drive, outputs);
            for (int k = 0; k < traces.length; k++) {
                double[] trace = k == 0 ? lived.hebb() : lived.eligibility();
                System.arraycopy(trace, 0, last[k], b * trace.length, trace.length);
            }
        }
        HostArrays.write(outputs, y);
        for (int k = 0; k < traces.length; k++) {
            HostArrays.write(last[k], traces[k]);
        }
    }

    @Override
    public void backward(
            LifetimeTensors in,
            INDArray y,
            INDArray yGradient,
            INDArray[] traceGradients,
            Map<Slot, INDArray> gradients) {
        PlainLifetimes lifetimes = new PlainLifetimes(in);
        PlainGradients into = new PlainGradients(lifetimes);
        double[] outputs = HostArrays.doubles(y);
        double[] outputGradients = HostArrays.doubles(yGradient);
        double[][] lastGradients = traceGradients.length == 0
                ? new double[in.spec().traces()][lifetimes.batch * lifetimes.n * lifetimes.n]
                : Arrays.stream(traceGradients).map(HostArrays::doubles).toArray(double[][]::new);
        for (int b = 0; b < lifetimes.batch; b++) {
            into.accumulate(b, outputs, outputGradients, lastGradients);
        }
        gradients.forEach((slot, array) -> HostArrays.write(into.of(slot), array));
    }
}
