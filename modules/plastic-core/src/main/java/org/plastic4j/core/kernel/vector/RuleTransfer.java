package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.WorkerGroup;
import org.plastic4j.core.kernel.compiled.RuleProgram;
import org.plastic4j.core.rule.RuleParameter;
import org.plastic4j.core.spec.Slot;

/** Moves what compiled rules have beyond other lifetimes to and from ND4J's arrays. */
final class RuleTransfer {
    private final LifetimeTensors in;
    private final RuleBuffers s;
    private final LifetimeBuffers m;
    private final BufferTransfer common;

    RuleTransfer(LifetimeTensors in, RuleBuffers s, BufferTransfer common) {
        this.in = in;
        this.s = s;
        m = s.m;
        this.common = common;
    }

    static RuleTransfer of(LifetimeTensors in, LifetimeBuffers m) {
        RuleProgram program = RuleProgram.required(in.spec().rule(), in.neurons());
        return new RuleTransfer(in, m.rule(program), new BufferTransfer(in, m));
    }

    RuleBuffers buffers() {
        return s;
    }

    BufferTransfer common() {
        return common;
    }

    /** Loads all that goes into lifetimes but their traces. */
    void load(INDArray steps) {
        loadParameters();
        common.loadSteps(steps);
        common.loadClamp();
    }

    void loadParameters() {
        common.loadParameters();
        for (int k = 0; k < s.parameters.length; k++) {
            RuleParameter parameter = s.program.parameters().get(k);
            INDArray value = in.get(parameter.key());
            float[] to = s.parameters[k];
            if (parameter.size() == RuleParameter.Size.PER_CONNECTION) {
                common.loadMatrix(value, to);
            } else {
                HostArrays.read(value, to);
            }
        }
    }

    /** The traces before the first step, or zeros. */
    void loadInitialTraces() {
        WorkerGroup.copy(m.batch, (long) m.batch * m.size, b -> {
            for (int k = 0; k < s.program.traces(); k++) {
                Arrays.fill(s.matrices[b][RuleBuffers.TRACES + k], 0);
            }
        });
        loadTraces(0, Slot.HEBB0);
        loadTraces(1, Slot.ELIGIBILITY0);
    }

    private void loadTraces(int k, Slot slot) {
        if (in.has(slot)) {
            common.loadMatrices(in.get(slot), b -> s.matrices[b][RuleBuffers.TRACES + k]);
        }
    }

    /** The current traces, the Hebbian ones and, where the rule has them, those of eligibility. */
    void storeTraces(INDArray[] to) {
        for (int k = 0; k < to.length; k++) {
            int which = k;
            common.storeMatrices(b -> s.matrices[b][RuleBuffers.TRACES + which], to[k]);
        }
    }

    void loadGradients(INDArray yGradient, INDArray[] traceGradients) {
        RuleBuffers.Gradients d = s.gradients();
        common.loadSteps(yGradient, d.g);
        if (in.has(Slot.MASK) && d.valueGradient == null) {
            d.valueGradient = new float[m.mask.length];
        }
        WorkerGroup.copy(m.batch, (long) m.batch * m.size, b -> {
            for (float[] matrix : d.matrices[b]) {
                Arrays.fill(matrix, 0);
            }
        });
        for (int k = 0; k < traceGradients.length; k++) {
            int which = k;
            common.loadMatrices(traceGradients[k], b -> d.matrices[b][which]);
        }
        Arrays.fill(d.sharedAlpha, 0);
        for (double[][] lifetime : d.parameters) {
            for (double[] parameter : lifetime) {
                Arrays.fill(parameter, 0);
            }
        }
    }

    void storeGradient(String label, INDArray to) {
        for (int k = 0; k < s.parameters.length; k++) {
            if (s.program.parameters().get(k).key().equals(label)) {
                storeParameter(k, to);
                return;
            }
        }
        storeGradient(Slot.of(label), to);
    }

    private void storeGradient(Slot slot, INDArray to) {
        RuleBuffers.Gradients d = s.gradients();
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
            case VALUE -> common.storeValueGradient(d.valueGradient, to);
            case Y0 -> common.storeRows(d.y0, to);
            case HEBB0 -> common.storeMatrices(b -> d.matrices[b][0], to);
            case ELIGIBILITY0 -> common.storeMatrices(b -> d.matrices[b][1], to);
            default -> throw new AssertionError("no gradient of " + slot);
        }
    }

    /** Summed over the lifetimes, in their order. */
    private void storeParameter(int k, INDArray to) {
        RuleBuffers.Gradients d = s.gradients();
        if (s.program.parameters().get(k).size() == RuleParameter.Size.PER_CONNECTION) {
            // In the place of the parameter, which is loaded anew at each call.
            float[] sum = s.parameters[k];
            Arrays.fill(sum, 0);
            for (int which = 0; which < s.program.matrixCount(); which++) {
                if (s.program.matrix(which) == k) {
                    for (float[][] lifetime : d.matrices) {
                        float[] gradient = lifetime[s.program.traces() + which];
                        for (int at = 0; at < sum.length; at++) {
                            sum[at] += gradient[at];
                        }
                    }
                }
            }
            common.storeMatrix(sum, to);
            return;
        }
        float[] sums = new float[Math.toIntExact(to.length())];
        for (int j = 0; j < sums.length; j++) {
            double sum = 0;
            for (double[][] lifetime : d.parameters) {
                sum += lifetime[k][j];
            }
            sums[j] = (float) sum;
        }
        HostArrays.write(sums, to);
    }
}
