package org.plastic4j.core.fused;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;

/** Moves a call's arrays into the fast kernel's layout and back. */
final class BufferTransfer {
    private final LifetimeTensors in;
    private final LifetimeBuffers m;

    BufferTransfer(LifetimeTensors in, LifetimeBuffers m) {
        this.in = in;
        this.m = m;
    }

    /** For what is stored alone. */
    BufferTransfer(LifetimeBuffers m) {
        this(null, m);
    }

    void loadParameters() {
        loadMatrix(in.get(Slot.W), m.w);
        switch (m.alphaKind) {
            case PER_CONNECTION -> loadMatrix(in.get(Slot.ALPHA), m.alpha);
            case SHARED -> Arrays.fill(m.alpha, in.get(Slot.ALPHA).getFloat(0));
            case ABSENT -> {
                // There is none.
            }
        }
    }

    private void loadMatrix(INDArray from, float[] to) {
        HostArrays.read(from, m.transfer);
        m.layout.pack(m.transfer, 0, to, 0);
    }

    /** hebb0, or zeros. */
    void loadInitialTrace(float[] to) {
        if (in.has(Slot.HEBB0)) {
            loadMatrices(in.get(Slot.HEBB0), to);
        } else {
            Arrays.fill(to, 0);
        }
    }

    /** A matrix for each lifetime, [B, n, n]. */
    void loadMatrices(INDArray from, float[] to) {
        HostArrays.read(from, m.transfer);
        for (int b = 0; b < m.batch; b++) {
            m.layout.pack(m.transfer, b * m.n * m.n, to, b * m.size);
        }
    }

    void storeMatrices(float[] from, INDArray to) {
        for (int b = 0; b < m.batch; b++) {
            m.layout.unpack(from, b * m.size, m.transfer, b * m.n * m.n);
        }
        HostArrays.write(m.transfer, to);
    }

    /** y0 and an array [T, B, n] into the rows of y. */
    void loadSteps(INDArray from) {
        loadInitialOutputs();
        HostArrays.read(from, m.transfer);
        for (int t = 1; t <= m.steps; t++) {
            for (int b = 0; b < m.batch; b++) {
                System.arraycopy(m.transfer, ((t - 1) * m.batch + b) * m.n, m.y, m.row(t, b), m.n);
            }
        }
    }

    /** y0, or zeros. */
    void loadInitialOutputs() {
        if (in.has(Slot.Y0)) {
            HostArrays.read(in.get(Slot.Y0), m.transfer);
            for (int b = 0; b < m.batch; b++) {
                System.arraycopy(m.transfer, b * m.n, m.y, m.row(0, b), m.n);
            }
        } else {
            for (int b = 0; b < m.batch; b++) {
                Arrays.fill(m.y, m.row(0, b), m.row(0, b) + m.n, 0);
            }
        }
    }

    /** Rows 1 .. T, each [B, columns], into an array [T, B, n]. */
    void storeSteps(float[] from, INDArray to) {
        for (int t = 1; t <= m.steps; t++) {
            for (int b = 0; b < m.batch; b++) {
                System.arraycopy(from, m.row(t, b), m.transfer, ((t - 1) * m.batch + b) * m.n, m.n);
            }
        }
        HostArrays.write(m.transfer, to);
    }

    void loadClamp() {
        if (!in.has(Slot.MASK)) {
            return;
        }
        m.prepareClamp();
        HostArrays.read(in.get(Slot.MASK), m.mask);
        HostArrays.read(in.get(Slot.VALUE), m.value);
        for (float mask : m.mask) {
            LifetimeTensors.requireBinary(mask);
        }
    }

    void storeGradient(Slot slot, INDArray to) {
        GradientBuffers d = m.gradients();
        switch (slot) {
            case DRIVE -> storeSteps(d.g, to);
            case W -> storeMatrix(d.w, to);
            case ALPHA -> {
                if (m.alphaKind == Alpha.SHARED) {
                    to.putScalar(0, sum(d.sharedAlpha));
                } else {
                    storeMatrix(d.alpha, to);
                }
            }
            case ETA -> to.putScalar(0, sum(d.eta));
            case MODULATOR_WEIGHTS, MODULATOR_BIAS, FAN_OUT_WEIGHTS, FAN_OUT_BIAS, ELIGIBILITY0 ->
                throw new AssertionError("only rules that fade take this way");
            case VALUE -> storeValueGradient(d.yGradient, to);
            case Y0 -> storeRows(d.y0, to);
            case HEBB0 -> storeMatrices(d.trace, to);
            case MASK -> throw new AssertionError("the mask has no gradient");
        }
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    void storeMatrix(float[] from, INDArray to) {
        m.layout.unpack(from, 0, m.transfer, 0);
        HostArrays.write(m.transfer, to);
    }

    /** One row for each lifetime, [B, columns], into an array [B, n]. */
    void storeRows(float[] from, INDArray to) {
        for (int b = 0; b < m.batch; b++) {
            System.arraycopy(from, b * m.layout.columns, m.transfer, b * m.n, m.n);
        }
        HostArrays.write(m.transfer, to);
    }

    /** The gradient of y where a neuron is clamped; what is given is overwritten. */
    void storeValueGradient(float[] yGradient, INDArray to) {
        for (int k = 0; k < yGradient.length; k++) {
            yGradient[k] *= m.mask[k];
        }
        HostArrays.write(yGradient, to);
    }
}
