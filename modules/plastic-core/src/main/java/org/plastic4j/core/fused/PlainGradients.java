package org.plastic4j.core.fused;

import org.plastic4j.core.cell.Alpha;

/** Gradients of a batch of lifetimes, gathered one lifetime at a time; the equations stand in docs/math.md. */
final class PlainGradients {
    private final PlainLifetimes lifetimes;
    private final int n;
    private final double[] drive;
    private final double[] w;
    private final double[] alpha;
    private double eta;
    private final double[] value;
    private final double[] y0;
    private final double[] hebb0;

    PlainGradients(PlainLifetimes lifetimes) {
        this.lifetimes = lifetimes;
        n = lifetimes.n;
        int activity = lifetimes.steps * lifetimes.batch * n;
        boolean plastic = lifetimes.spec.isPlastic();
        drive = new double[activity];
        w = new double[n * n];
        alpha = plastic ? new double[n * n] : null;
        value = lifetimes.mask == null ? null : new double[activity];
        y0 = new double[lifetimes.batch * n];
        hebb0 = plastic ? new double[lifetimes.batch * n * n] : null;
    }

    double[] of(Slot slot) {
        return switch (slot) {
            case DRIVE -> drive;
            case W -> w;
            case ALPHA -> lifetimes.spec.alpha() == Alpha.SHARED ? new double[] {sum(alpha)} : alpha;
            case ETA -> new double[] {eta};
            case VALUE -> value;
            case Y0 -> y0;
            case HEBB0 -> hebb0;
            case MASK -> throw new AssertionError("the mask has no gradient");
        };
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** Goes through lifetime b backwards. */
    void accumulate(int b, double[] outputs, double[] outputGradients, double[] traceGradients) {
        double[] trace = traceGradients == null ? null : new double[n * n];
        if (trace != null) {
            System.arraycopy(traceGradients, b * n * n, trace, 0, n * n);
        }
        TraceReplay replay = new TraceReplay(lifetimes, b, outputs);
        double[] carried = new double[n];
        for (int t = lifetimes.steps; t >= 1; t--) {
            carried = back(t, b, outputs, outputGradients, replay.at(t), trace, carried);
        }
        System.arraycopy(carried, 0, y0, b * n, n);
        if (trace != null) {
            System.arraycopy(trace, 0, hebb0, b * n * n, n * n);
        }
    }

    /**
     * One step back: {@code trace}, the gradient of H(t+1), becomes that of H(t); from {@code carried}, what later steps
     * ask of y(t), follows what this one asks of y(t-1).
     */
    private double[] back(
            int t, int b, double[] outputs, double[] outputGradients, double[] hebb, double[] trace, double[] carried) {
        int row = lifetimes.row(t, b);
        double[] before = new double[n];
        for (int j = 0; j < n; j++) {
            double y = outputs[row + j];
            double dy = outputGradients[row + j] + carried[j];
            if (trace != null) {
                dy += throughTrace(t, b, j, y, outputs, hebb, trace, before);
            }
            // The mask is 0 or 1, so where a neuron is free its output is tanh(pre).
            double g = dy * (1 - y * y);
            if (value != null) {
                value[row + j] = lifetimes.mask[row + j] * dy;
                g *= 1 - lifetimes.mask[row + j];
            }
            drive[row + j] = g;
            throughConnections(t, b, j, g, outputs, hebb, trace, before);
        }
        return before;
    }

    /** Gradient of y_j(t) through H(t+1); adds to eta's and y(t-1)'s, and takes the step's decay off the trace's. */
    private double throughTrace(
            int t, int b, int j, double y, double[] outputs, double[] hebb, double[] trace, double[] before) {
        double gain = 0;
        double keep = 0;
        for (int i = 0; i < n; i++) {
            int ij = i * n + j;
            gain += trace[ij] * lifetimes.output(outputs, t - 1, b, i);
            keep += trace[ij] * hebb[ij];
            before[i] += trace[ij] * lifetimes.eta * y;
            trace[ij] *= 1 - lifetimes.eta * lifetimes.decay.fade(y);
        }
        eta += y * gain - lifetimes.decay.fade(y) * keep;
        return lifetimes.eta * (gain - lifetimes.decay.fadeSlope(y) * keep);
    }

    /** Gradients through pre_j(t) = drive + y(t-1) (W + alpha H(t)). */
    private void throughConnections(
            int t, int b, int j, double g, double[] outputs, double[] hebb, double[] trace, double[] before) {
        for (int i = 0; i < n; i++) {
            int ij = i * n + j;
            double xg = lifetimes.output(outputs, t - 1, b, i) * g;
            w[ij] += xg;
            double connection = lifetimes.w[ij];
            if (hebb != null) {
                alpha[ij] += hebb[ij] * xg;
                trace[ij] += lifetimes.alpha(ij) * xg;
                connection += lifetimes.alpha(ij) * hebb[ij];
            }
            before[i] += connection * g;
        }
    }
}
