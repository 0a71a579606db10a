package org.plastic4j.core.kernel.reference;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.StepKernel;
import org.plastic4j.core.spec.Slot;

/** Steps in plain loops and double precision. */
final class PlainSteps implements StepKernel {
    /** The parameters; what they receive comes with every step. */
    private PlainLifetimes lifetimes;

    /** The last outputs, [B, n]. */
    private double[] y;
    /** Of each lifetime, null where the layer is not plastic. */
    private PlainTraces[] traces;

    PlainSteps(LifetimeTensors parameters) {
        load(parameters);
    }

    @Override
    public void load(LifetimeTensors parameters) {
        lifetimes = new PlainLifetimes(parameters);
    }

    @Override
    public void begin(LifetimeTensors state) {
        int matrix = lifetimes.n * lifetimes.n;
        y = state.has(Slot.Y0) ? HostArrays.doubles(state.get(Slot.Y0)) : new double[lifetimes.batch * lifetimes.n];
        traces = new PlainTraces[lifetimes.batch];
        if (!lifetimes.spec.isPlastic()) {
            return;
        }
        double[] hebb = initial(state, Slot.HEBB0);
        double[] eligibility = lifetimes.spec.traces() > 1 ? initial(state, Slot.ELIGIBILITY0) : null;
        for (int b = 0; b < traces.length; b++) {
            int from = b * matrix;
            traces[b] = new PlainTraces(
                    Arrays.copyOfRange(hebb, from, from + matrix),
                    eligibility == null ? null : Arrays.copyOfRange(eligibility, from, from + matrix));
        }
    }

    private double[] initial(LifetimeTensors state, Slot slot) {
        return state.has(slot)
                ? HostArrays.doubles(state.get(slot))
                : new double[lifetimes.batch * lifetimes.n * lifetimes.n];
    }

    @Override
    public void step(INDArray drive, INDArray mask, INDArray value, INDArray into) {
        PlainLifetimes.Inputs inputs = new PlainLifetimes.Inputs(
                HostArrays.doubles(drive),
                mask == null ? null : HostArrays.doubles(mask),
                mask == null ? null : HostArrays.doubles(value));
        if (mask != null) {
            Arrays.stream(inputs.mask()).forEach(LifetimeTensors::requireBinary);
        }
        int n = lifetimes.n;
        double[] next = new double[y.length];
        for (int b = 0; b < traces.length; b++) {
            double[] before = Arrays.copyOfRange(y, b * n, (b + 1) * n);
            lifetimes.respond(traces[b], before, inputs, b * n, next);
            if (traces[b] != null) {
                lifetimes.rule.advance(traces[b], before, Arrays.copyOfRange(next, b * n, (b + 1) * n));
            }
        }
        y = next;
        HostArrays.write(y, into);
    }

    @Override
    public void store(INDArray outputs, INDArray[] into) {
        HostArrays.write(y, outputs);
        int matrix = lifetimes.n * lifetimes.n;
        for (int k = 0; k < into.length; k++) {
            double[] all = new double[traces.length * matrix];
            for (int b = 0; b < traces.length; b++) {
                double[] trace = k == 0 ? traces[b].hebb() : traces[b].eligibility();
                System.arraycopy(trace, 0, all, b * matrix, matrix);
            }
            HostArrays.write(all, into[k]);
        }
    }
}
