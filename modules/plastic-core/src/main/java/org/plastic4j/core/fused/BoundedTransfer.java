package org.plastic4j.core.fused;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.rule.RuleParameter;

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
        common.loadInitialTrace(m.hebb);
        if (in.has(Slot.ELIGIBILITY0)) {
            common.loadMatrices(in.get(Slot.ELIGIBILITY0), s.eligibility);
        } else {
            Arrays.fill(s.eligibility, 0);
        }
    }

    void loadGradients(INDArray yGradient, INDArray[] traceGradients) {
        BoundedBuffers.Gradients d = s.gradients();
        HostArrays.read(yGradient, d.yGradient);
        loadTraceGradient(traceGradients, 0, d.hebb);
        if (s.hasEligibility()) {
            loadTraceGradient(traceGradients, 1, d.eligibility);
        }
        Arrays.fill(d.eta, 0);
        Arrays.fill(d.modulatorBias, 0);
        Arrays.fill(d.modulatorWeights, 0);
        Arrays.fill(d.fanOutWeights, 0);
        Arrays.fill(d.fanOutBias, 0);
        Arrays.fill(d.sharedAlpha, 0);
    }

    private void loadTraceGradient(INDArray[] traceGradients, int trace, float[] to) {
        if (traceGradients.length == 0) {
            Arrays.fill(to, 0);
        } else {
            common.loadMatrices(traceGradients[trace], to);
        }
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
            case MODULATOR_WEIGHTS, FAN_OUT_WEIGHTS, FAN_OUT_BIAS -> storeByNeuron(slot.ruleParameter(), to);
            case VALUE -> common.storeValueGradient(d.yGradient, to);
            case Y0 -> common.storeRows(d.y0, to);
            case HEBB0 -> common.storeMatrices(d.hebb, to);
            case ELIGIBILITY0 -> common.storeMatrices(d.eligibility, to);
            case MASK -> throw new AssertionError("the mask has no gradient");
        }
    }

    /** Summed over the lifetimes, in their order. */
    private void storeByNeuron(RuleParameter parameter, INDArray to) {
        double[] gathered = s.gradients().byColumn(parameter);
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
