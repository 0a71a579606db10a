package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.Team;
import org.plastic4j.core.spec.Slot;

/** Moves what is peculiar to rules that add up within a bound to and from ND4J's arrays. */
final class BoundedTransfer {
    private final LifetimeTensors in;
    private final BoundedBuffers s;
    private final LifetimeBuffers m;
    private final BufferTransfer common;

    BoundedTransfer(LifetimeTensors in, BoundedBuffers s, BufferTransfer common) {
        this.in = in;
        this.s = s;
        m = s.m;
        this.common = common;
    }

    /** For what is stored alone. */
    BoundedTransfer(BoundedBuffers s) {
        this(null, s, new BufferTransfer(s.m));
    }

    void loadRule() {
        loadIfThere(Slot.MODULATOR_WEIGHTS, s.modulatorWeights);
        loadIfThere(Slot.FAN_OUT_WEIGHTS, s.fanOutWeights);
        loadIfThere(Slot.FAN_OUT_BIAS, s.fanOutBias);
    }

    private void loadIfThere(Slot slot, float[] to) {
        if (in.has(slot)) {
            HostArrays.read(in.get(slot), to);
        }
    }

    /** The traces before the first step, or zeros. */
    void loadInitialTraces() {
        clear(s.traces);
        if (in.has(Slot.HEBB0)) {
            common.loadMatrices(in.get(Slot.HEBB0), b -> s.traces[b].hebb());
        }
        if (in.has(Slot.ELIGIBILITY0)) {
            common.loadMatrices(in.get(Slot.ELIGIBILITY0), b -> s.traces[b].eligibility());
        }
    }

    private void clear(BoundedTraces[] traces) {
        Team.copy(m.batch, (long) m.batch * m.size, b -> traces[b].clear());
    }

    /** The same for the way back, where {@link BoundedBuffers#first} has zeros if none are given. */
    void loadFirstTraces() {
        if (BoundedBuffers.beginsFromTraces(in)) {
            loadInitialTraces();
        }
    }

    /** The current traces, the Hebbian ones and, where the rule has them, those of eligibility. */
    void storeTraces(INDArray[] to) {
        common.storeMatrices(b -> s.traces[b].hebb(), to[0]);
        if (s.hasEligibility()) {
            common.storeMatrices(b -> s.traces[b].eligibility(), to[1]);
        }
    }

    void loadGradients(INDArray yGradient, INDArray[] traceGradients) {
        BoundedBuffers.Gradients d = s.gradients();
        common.loadSteps(yGradient, d.g);
        if (in.has(Slot.MASK) && d.valueGradient == null) {
            d.valueGradient = new float[m.mask.length];
        }
        if (traceGradients.length == 0) {
            clear(d.traces);
        } else {
            common.loadMatrices(traceGradients[0], b -> d.traces[b].hebb());
            if (s.hasEligibility()) {
                common.loadMatrices(traceGradients[1], b -> d.traces[b].eligibility());
            }
        }
        Arrays.fill(d.eta, 0);
        Arrays.fill(d.modulatorBias, 0);
        Arrays.fill(d.modulatorWeights, 0);
        Arrays.fill(d.fanOutWeights, 0);
        Arrays.fill(d.fanOutBias, 0);
        Arrays.fill(d.sharedAlpha, 0);
    }

    void storeGradient(Slot slot, INDArray to) {
        BoundedBuffers.Gradients d = s.gradients();
        switch (slot) {
            case DRIVE -> common.storeSteps(d.g, to);
            case W -> common.storeMatrix(d.w, to);
            case ALPHA -> {
                if (m.alphaKind == Alpha.SHARED) {
                    to.putScalar(0, Arrays.stream(d.sharedAlpha).sum());
                } else {
                    common.storeMatrix(d.alpha, to);
                }
            }
            case ETA -> to.putScalar(0, Arrays.stream(d.eta).sum());
            case MODULATOR_BIAS ->
                to.putScalar(0, Arrays.stream(d.modulatorBias).sum());
            case MODULATOR_WEIGHTS, FAN_OUT_WEIGHTS, FAN_OUT_BIAS -> storeByNeuron(slot, to);
            case VALUE -> common.storeValueGradient(d.valueGradient, to);
            case Y0 -> common.storeRows(d.y0, to);
            case HEBB0 -> common.storeMatrices(b -> d.traces[b].hebb(), to);
            case ELIGIBILITY0 -> common.storeMatrices(b -> d.traces[b].eligibility(), to);
            case X, MASK -> throw new AssertionError("no gradient of " + slot);
        }
    }

    /** Summed over the lifetimes, in their order. */
    private void storeByNeuron(Slot slot, INDArray to) {
        double[] gathered = s.gradients().byColumn(slot);
        float[] sums = new float[m.n];
        for (int j = 0; j < m.n; j++) {
            double sum = 0;
            for (int b = 0; b < m.batch; b++) {
                sum += gathered[b * m.layout.columns + j];
            }
            sums[j] = (float) sum;
        }
        HostArrays.write(sums, to);
    }
}
