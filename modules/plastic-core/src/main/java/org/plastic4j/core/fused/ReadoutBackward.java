package org.plastic4j.core.fused;

import java.util.Arrays;

/** One thread's way back through lifetimes of a readout; the equations and their names stand in docs/math.md. */
final class ReadoutBackward {
    private final ReadoutLifetimes lifetimes;
    private final ReadoutGradients into;
    private final double[] outputs;
    private final double[] outputGradients;
    private final double[] traceGradients;
    private final int m;
    private final int n;
    private final ReadoutTraces traces;
    /** G. */
    private final double[] trace;
    /** dy(t), then g(t). */
    private final double[] g;

    /**
     * Sets up what a thread works with.
     *
     * @param outputs y, [T, B, n]
     * @param outputGradients Y, [T, B, n]
     * @param traceGradients G(T+1), [B, m, n]; null for zero
     */
    ReadoutBackward(
            ReadoutLifetimes lifetimes,
            ReadoutGradients into,
            double[] outputs,
            double[] outputGradients,
            double[] traceGradients) {
        this.lifetimes = lifetimes;
        this.into = into;
        this.outputs = outputs;
        this.outputGradients = outputGradients;
        this.traceGradients = traceGradients;
        m = lifetimes.m;
        n = lifetimes.n;
        traces = new ReadoutTraces(lifetimes, outputs);
        trace = new double[lifetimes.size];
        g = new double[n];
    }

    /** Goes through lifetime b backwards. */
    void accumulate(int b) {
        if (traceGradients == null) {
            Arrays.fill(trace, 0);
        } else {
            lifetimes.pack(traceGradients, b, trace);
        }
        traces.begin(b);
        for (int t = lifetimes.steps; t >= 1; t--) {
            double[] hebb = traces.at(t);
            throughOutputs(t, b, hebb);
            throughConnections(t, b, hebb);
        }
        lifetimes.unpack(trace, into.hebb0, b);
    }

    /** From G(t+1) and the gradient of y(t) to g(t), and to eta's gradient. */
    private void throughOutputs(int t, int b, double[] hebb) {
        int in = lifetimes.input(t, b);
        int out = lifetimes.output(t, b);
        double[] x = lifetimes.x;
        double eta = lifetimes.eta;
        double mean = 0;
        for (int j = 0; j < n; j++) {
            int row = j * m;
            double s = 0;
            double p = 0;
            for (int i = 0; i < m; i++) {
                s += trace[row + i] * x[in + i];
                p += trace[row + i] * hebb[row + i];
            }
            double y = outputs[out + j];
            into.eta[b] += y * s - lifetimes.decay.fade(y) * p;
            g[j] = outputGradients[out + j] + eta * (s - lifetimes.decay.fadeSlope(y) * p);
            mean += y * g[j];
        }
        for (int j = 0; j < n; j++) {
            g[j] = outputs[out + j] * (g[j] - mean);
            into.drive[out + j] = g[j];
        }
    }

    /** From g(t) and G(t+1) to the gradients of x(t), W and alpha, and to G(t). */
    private void throughConnections(int t, int b, double[] hebb) {
        int in = lifetimes.input(t, b);
        int out = lifetimes.output(t, b);
        double[] x = lifetimes.x;
        double[] w = lifetimes.w;
        double[] alpha = lifetimes.alpha;
        double[] dx = into.x;
        double[] dw = into.w[b];
        double[] dalpha = into.alpha[b];
        for (int j = 0; j < n; j++) {
            double y = outputs[out + j];
            double keep = 1 - lifetimes.eta * lifetimes.decay.fade(y);
            double gain = lifetimes.eta * y;
            double gj = g[j];
            int row = j * m;
            for (int i = 0; i < m; i++) {
                int ij = row + i;
                double xg = x[in + i] * gj;
                dw[ij] += xg;
                dalpha[ij] += hebb[ij] * xg;
                dx[in + i] += (w[ij] + alpha[ij] * hebb[ij]) * gj + trace[ij] * gain;
                trace[ij] = keep * trace[ij] + alpha[ij] * xg;
            }
        }
    }
}
