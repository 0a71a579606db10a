package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.HostView;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.WorkerGroup;
import org.plastic4j.core.spec.Slot;

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
        loadAlpha();
    }

    /** As it is, without W. */
    void loadAlpha() {
        switch (m.alphaKind) {
            case PER_CONNECTION -> loadMatrix(in.get(Slot.ALPHA), m.alpha);
            case SHARED -> m.layout.fill(m.alpha, in.get(Slot.ALPHA).getFloat(0));
            case ABSENT -> {
                // There is none.
            }
        }
    }

    /** The same for the backward pass of decaying traces, which reads W and A transposed. */
    void loadTransposedParameters() {
        load(in.get(Slot.W), m.w, m.layout::packTransposed);
        if (m.alphaKind == Alpha.PER_CONNECTION) {
            load(in.get(Slot.ALPHA), m.gradients().transposedAlpha, m.layout::packTransposed);
        }
    }

    /** A matrix of parameters. */
    void loadMatrix(INDArray from, float[] to) {
        load(from, to, m.layout::pack);
    }

    /** {@link PanelLayout#pack}, or transposed. */
    private interface Pack {
        void of(int panel, HostView dense, long denseFrom, float[] packed, int packedFrom);
    }

    private void load(INDArray from, float[] to, Pack pack) {
        try (HostView view = HostView.reading(from)) {
            forEachPanel(1, (matrix, panel) -> pack.of(panel, view, 0, to, 0));
        }
    }

    private interface PanelCopy {
        void of(int matrix, int panel);
    }

    private void forEachPanel(int matrices, PanelCopy copy) {
        int panels = m.layout.panels;
        WorkerGroup.copy(
                Math.multiplyExact(matrices, panels),
                (long) matrices * m.size,
                part -> copy.of(part / panels, part % panels));
    }

    private long dense(int matrix) {
        return (long) matrix * m.n * m.n;
    }

    /** A matrix for each lifetime, [B, n, n], each into an array of its own. */
    void loadMatrices(INDArray from, IntFunction<float[]> to) {
        try (HostView view = HostView.reading(from)) {
            forEachPanel(m.batch, (b, panel) -> m.layout.pack(panel, view, dense(b), to.apply(b), 0));
        }
    }

    /** The same back. */
    void storeMatrices(IntFunction<float[]> from, INDArray to) {
        try (HostView view = HostView.writing(to)) {
            forEachPanel(m.batch, (b, panel) -> m.layout.unpack(panel, from.apply(b), 0, view, dense(b)));
        }
    }

    /** hebb0, or zeros. */
    void loadInitialTrace(float[] to) {
        if (in.has(Slot.HEBB0)) {
            loadMatrices(in.get(Slot.HEBB0), to);
        } else {
            Arrays.fill(to, 0);
        }
    }

    /** A matrix for each lifetime, [B, n, n], where all are held. */
    void loadMatrices(INDArray from, float[] to) {
        try (HostView view = HostView.reading(from)) {
            loadTraces(view, 0, m.batch, to);
        }
    }

    /** A panel of lifetime b's matrix, of [B, n, n], into the matrices that are held. */
    void loadTrace(HostView from, int panel, int b, float[] to) {
        m.layout.pack(panel, from, dense(b), to, m.matrix(b));
    }

    /** The matrices of lifetimes {@code begin} to {@code end} (exclusive), in all threads. */
    void loadTraces(HostView from, int begin, int end, float[] to) {
        forEachPanel(end - begin, (matrix, panel) -> loadTrace(from, panel, begin + matrix, to));
    }

    /** A panel of lifetime b's matrix, transposed. */
    void loadTransposedTrace(HostView from, int panel, int b, float[] to) {
        m.layout.packTransposed(panel, from, dense(b), to, m.matrix(b));
    }

    /** A panel of lifetime b's matrix, from the matrices that are held into [B, n, n]. */
    void storeTrace(float[] from, int panel, int b, HostView to) {
        m.layout.unpack(panel, from, m.matrix(b), to, dense(b));
    }

    /** The same of a transposed one. */
    void storeTransposedTrace(float[] from, int panel, int b, HostView to) {
        m.layout.unpackTransposed(panel, from, m.matrix(b), to, dense(b));
    }

    /** A matrix for each lifetime, where all are held, into [B, n, n]. */
    void storeMatrices(float[] from, INDArray to) {
        try (HostView view = HostView.writing(to)) {
            forEachPanel(m.batch, (b, panel) -> storeTrace(from, panel, b, view));
        }
    }

    /** Whether y(0) .. y(T) and A are loaded already: y0 and an array [T, B, n], and A as it is. */
    boolean holdsLife(INDArray y) {
        return holdsInitialOutputs() && holdsSteps(y) && holdsAlpha();
    }

    private boolean holdsInitialOutputs() {
        if (!in.has(Slot.Y0)) {
            return IntStream.range(0, m.batch).allMatch(this::beginsAtRest);
        }
        try (HostView view = HostView.reading(in.get(Slot.Y0))) {
            for (int b = 0; b < m.batch; b++) {
                if (!view.holds((long) b * m.n, m.y, m.row(0, b), m.n)) {
                    return false;
                }
            }
            return true;
        }
    }

    private boolean beginsAtRest(int b) {
        for (int i = 0; i < m.n; i++) {
            if (m.y[m.row(0, b) + i] != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean holdsSteps(INDArray y) {
        AtomicBoolean holds = new AtomicBoolean(true);
        try (HostView view = HostView.reading(y)) {
            forEachRow((t, b) -> {
                if (!view.holds(denseRow(t, b), m.y, m.row(t, b), m.n)) {
                    holds.set(false);
                }
            });
        }
        return holds.get();
    }

    private boolean holdsAlpha() {
        if (m.alphaKind == Alpha.SHARED) {
            return m.alpha[PanelLayout.START] == in.get(Slot.ALPHA).getFloat(0);
        }
        AtomicBoolean holds = new AtomicBoolean(true);
        try (HostView view = HostView.reading(in.get(Slot.ALPHA))) {
            forEachPanel(1, (matrix, panel) -> {
                if (!m.layout.holds(panel, view, 0, m.alpha, 0)) {
                    holds.set(false);
                }
            });
        }
        return holds.get();
    }

    /** y0 and an array [T, B, n] into the rows of y. */
    void loadSteps(INDArray from) {
        loadInitialOutputs();
        loadSteps(from, m.y);
    }

    /** An array [T, B, n] into rows 1 .. T, each [B, columns]. */
    void loadSteps(INDArray from, float[] to) {
        try (HostView view = HostView.reading(from)) {
            forEachRow((t, b) -> view.get(denseRow(t, b), to, m.row(t, b), m.n));
        }
    }

    /** Rows 1 .. T, each [B, columns], into an array [T, B, n]. */
    void storeSteps(float[] from, INDArray to) {
        try (HostView view = HostView.writing(to)) {
            forEachRow((t, b) -> view.put(denseRow(t, b), from, m.row(t, b), m.n));
        }
    }

    private interface RowCopy {
        void of(int t, int b);
    }

    private void forEachRow(RowCopy copy) {
        WorkerGroup.copy(m.steps, (long) m.steps * m.batch * m.n, part -> {
            for (int b = 0; b < m.batch; b++) {
                copy.of(part + 1, b);
            }
        });
    }

    private long denseRow(int t, int b) {
        return ((long) (t - 1) * m.batch + b) * m.n;
    }

    /** y0, or zeros. */
    void loadInitialOutputs() {
        if (in.has(Slot.Y0)) {
            loadRow(in.get(Slot.Y0), 0);
        } else {
            for (int b = 0; b < m.batch; b++) {
                Arrays.fill(m.y, m.row(0, b), m.row(0, b) + m.n, 0);
            }
        }
    }

    /** An array [B, n] into the rows of step t. */
    void loadRow(INDArray from, int t) {
        try (HostView view = HostView.reading(from)) {
            for (int b = 0; b < m.batch; b++) {
                view.get((long) b * m.n, m.y, m.row(t, b), m.n);
            }
        }
    }

    /** The rows of step t into an array [B, n]. */
    void storeRow(int t, INDArray to) {
        try (HostView view = HostView.writing(to)) {
            for (int b = 0; b < m.batch; b++) {
                view.put((long) b * m.n, m.y, m.row(t, b), m.n);
            }
        }
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
            case HEBB0 -> {
                // Each lifetime's has been stored when its lifetime was over.
            }
            case MODULATOR_WEIGHTS, MODULATOR_BIAS, FAN_OUT_WEIGHTS, FAN_OUT_BIAS, ELIGIBILITY0 ->
                throw new AssertionError("only rules that decay take this way");
            case VALUE -> storeValueGradient(d.yGradient, to);
            case Y0 -> storeRows(d.y0, to);
            case X, MASK -> throw new AssertionError("no gradient of " + slot);
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
        try (HostView view = HostView.writing(to)) {
            forEachPanel(1, (matrix, panel) -> m.layout.unpack(panel, from, 0, view, 0));
        }
    }

    /** One row for each lifetime, [B, columns], into an array [B, n]. */
    void storeRows(float[] from, INDArray to) {
        try (HostView view = HostView.writing(to)) {
            for (int b = 0; b < m.batch; b++) {
                view.put((long) b * m.n, from, b * m.layout.columns, m.n);
            }
        }
    }

    /** The gradient of y where a neuron is clamped; what is given is overwritten. */
    void storeValueGradient(float[] yGradient, INDArray to) {
        for (int k = 0; k < yGradient.length; k++) {
            yGradient[k] *= m.mask[k];
        }
        HostArrays.write(yGradient, to);
    }
}
