package org.plastic4j.core.kernel.reference;

import java.util.Arrays;

/** One thread's way back through lifetimes of a readout; the equations and their names stand in docs/math.md. */
final class ReadoutBackward {
    private final ReadoutLifetimes lifetimes;
    private final ReadoutGradients into;
    private final double[][] outputs;
    private final double[][] outputGradients;
    private final double[] traceGradients;
    private final ReadoutTraces traces;
    /** G. */
    private final double[][] trace;

    /**
     * Sets up what a thread works with.
     *
     * @param outputs y, a row for each step and lifetime
     * @param outputGradients Y, likewise
     * @param traceGradients G(T+1), [B, m, n]; null for zero
     */
    ReadoutBackward(
            ReadoutLifetimes lifetimes,
            ReadoutGradients into,
            double[][] outputs,
            double[][] outputGradients,
            double[] traceGradients) {
        this.lifetimes = lifetimes;
        this.into = into;
        this.outputs = outputs;
        this.outputGradients = outputGradients;
        this.traceGradients = traceGradients;
        traces = new ReadoutTraces(lifetimes, outputs);
        trace = lifetimes.matrix();
    }

    /** Goes through lifetime b backwards. */
    void accumulate(int b) {
        if (traceGradients == null) {
            Arrays.stream(trace).forEach(row -> Arrays.fill(row, 0));
        } else {
            Rows.readTransposed(traceGradients, b, trace);
        }
        traces.begin(b);
        for (int t = lifetimes.steps; t >= 1; t--) {
            int row = lifetimes.row(t, b);
            double[][] hebb = traces.at(t);
            throughOutputs(row, b, hebb);
            for (int j = 0; j < lifetimes.n; j++) {
                throughConnections(row, b, j, hebb[j]);
            }
        }
        Rows.writeTransposed(trace, into.hebb0, b);
    }

    /** From G(t+1) and the gradient of y(t) to g(t), which is the drive's, and to eta's gradient. */
    private void throughOutputs(int row, int b, double[][] hebb) {
        double[] y = outputs[row];
        double[] g = into.drive[row];
        double mean = 0;
        for (int j = 0; j < y.length; j++) {
            double s = Dot.of(trace[j], lifetimes.x[row]);
            double p = Dot.of(trace[j], hebb[j]);
            into.eta[b] += y[j] * s - lifetimes.decay.fade(y[j]) * p;
            g[j] = outputGradients[row][j] + lifetimes.eta * (s - lifetimes.decay.fadeSlope(y[j]) * p);
            mean += y[j] * g[j];
        }
        for (int j = 0; j < y.length; j++) {
            g[j] = y[j] * (g[j] - mean);
        }
    }

    /** From g_j(t) and G(t+1) to the gradients of x(t), W and alpha, and to G(t), for the connections to output j. */
    private void throughConnections(int row, int b, int j, double[] hebb) {
        double y = outputs[row][j];
        double keep = 1 - lifetimes.eta * lifetimes.decay.fade(y);
        double gain = lifetimes.eta * y;
        double g = into.drive[row][j];
        double[] x = lifetimes.x[row];
        double[] w = lifetimes.w[j];
        double[] alpha = lifetimes.alpha[j];
        double[] ofTrace = trace[j];
        double[] dx = into.x[row];
        double[] dw = into.w[b][j];
        double[] dalpha = into.alpha[b][j];
        // A loop for each: Java's compiler does not vectorise one that writes several arrays, which might be the same.
        for (int i = 0; i < x.length; i++) {
            dw[i] += x[i] * g;
        }
        for (int i = 0; i < x.length; i++) {
            dalpha[i] += hebb[i] * (x[i] * g);
        }
        for (int i = 0; i < x.length; i++) {
            dx[i] += (w[i] + alpha[i] * hebb[i]) * g + ofTrace[i] * gain;
        }
        for (int i = 0; i < x.length; i++) {
            ofTrace[i] = keep * ofTrace[i] + alpha[i] * (x[i] * g);
        }
    }
}
