package org.plastic4j.core.kernel.reference;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.StepKernel;
import org.plastic4j.core.spec.Slot;

/** Steps in plain loops and double precision. */
final class ReferenceSteps implements StepKernel {
    /** The parameters; what a step receives comes with it. */
    private ReferenceLifetimes lifetimes;

    /** The last outputs, a row for each lifetime. */
    private double[][] y;
    /** Of each lifetime. */
    private ReferenceTraces[] traces;

    ReferenceSteps(LifetimeTensors parameters) {
        load(parameters);
    }

    @Override
    public void load(LifetimeTensors parameters) {
        lifetimes = new ReferenceLifetimes(parameters);
    }

    private double[][] rows(INDArray array) {
        return Rows.split(HostArrays.doubles(array), lifetimes.n);
    }

    @Override
    public void begin(LifetimeTensors state, INDArray... states) {
        y = state.has(Slot.Y0) ? rows(state.get(Slot.Y0)) : new double[lifetimes.batch][lifetimes.n];
        double[][] first = new double[lifetimes.spec.traces()][];
        for (int k = 0; k < first.length; k++) {
            INDArray given = state.get(k == 0 ? Slot.HEBB0 : Slot.ELIGIBILITY0);
            first[k] = given == null ? null : HostArrays.doubles(given);
        }
        traces = new ReferenceTraces[lifetimes.batch];
        Arrays.setAll(traces, b -> ReferenceTraces.zeros(lifetimes.spec.layer()));
        for (int b = 0; b < traces.length; b++) {
            traces[b].read(first, b);
            traces[b].begin(lifetimes.spec.layer().states());
        }
        for (int k = 0; k < states.length; k++) {
            double[][] given = rows(states[k]);
            for (int b = 0; b < traces.length; b++) {
                traces[b].states()[k] = given[b];
            }
        }
    }

    @Override
    public void step(INDArray drive, INDArray mask, INDArray value, INDArray into) {
        double[][] driveRows = rows(drive);
        double[][] maskRows = mask == null ? null : rows(mask);
        double[][] valueRows = mask == null ? null : rows(value);
        if (mask != null) {
            Arrays.stream(maskRows).flatMapToDouble(Arrays::stream).forEach(LifetimeTensors::requireBinary);
        }
        for (int b = 0; b < traces.length; b++) {
            double[] before = y[b].clone();
            lifetimes.respond(traces[b], before, driveRows[b], y[b]);
            if (mask != null) {
                ReferenceLifetimes.clamp(maskRows[b], valueRows[b], y[b]);
            }
            lifetimes.advance(traces[b], before, y[b]);
        }
        HostArrays.write(Rows.join(y), into);
    }

    @Override
    public void store(INDArray outputs, INDArray[] into, INDArray... states) {
        HostArrays.write(Rows.join(y), outputs);
        double[][] all = new double[into.length][lifetimes.lengthOfTraces()];
        for (int b = 0; b < traces.length; b++) {
            traces[b].write(all, b);
        }
        for (int k = 0; k < into.length; k++) {
            HostArrays.write(all[k], into[k]);
        }
        for (int k = 0; k < states.length; k++) {
            int which = k;
            double[][] ofAll =
                    Arrays.stream(traces).map(own -> own.states()[which]).toArray(double[][]::new);
            HostArrays.write(Rows.join(ofAll), states[k]);
        }
    }
}
