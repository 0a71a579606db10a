package org.plastic4j.core.fused;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The kernel in plain loops and double precision: the one for graphs of doubles, the reference for the fast one, and
 * its stand-in where the JVM runs without the Vector API.
 */
final class PlainKernel implements LifetimeKernel {

    @Override
    public void forward(LifetimeTensors in, INDArray y, INDArray hebb) {
        PlainLifetimes lifetimes = new PlainLifetimes(in);
        double[] drive = HostArrays.doubles(in.get(Slot.DRIVE));
        double[] outputs = new double[drive.length];
        double[] traces = hebb == null ? null : new double[Math.toIntExact(hebb.length())];
        for (int b = 0; b < lifetimes.batch; b++) {
            double[] trace = lifetimes.live(b, drive, outputs);
            if (traces != null) {
                System.arraycopy(trace, 0, traces, b * trace.length, trace.length);
            }
        }
        HostArrays.write(outputs, y);
        if (hebb != null) {
            HostArrays.write(traces, hebb);
        }
    }

    @Override
    public void backward(
            LifetimeTensors in, INDArray y, INDArray yGradient, INDArray hebbGradient, Map<Slot, INDArray> gradients) {
        PlainLifetimes lifetimes = new PlainLifetimes(in);
        PlainGradients into = new PlainGradients(lifetimes);
        double[] outputs = HostArrays.doubles(y);
        double[] outputGradients = HostArrays.doubles(yGradient);
        double[] traceGradients = hebbGradient == null ? null : HostArrays.doubles(hebbGradient);
        for (int b = 0; b < lifetimes.batch; b++) {
            into.accumulate(b, outputs, outputGradients, traceGradients);
        }
        gradients.forEach((slot, array) -> HostArrays.write(into.of(slot), array));
    }
}
