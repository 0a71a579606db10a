package org.plastic4j.core.kernel.reference;

import org.plastic4j.core.kernel.TraceDecay;

/** Decaying Hebb and Oja: {@code H' = (1 - eta q(y)) H + eta x y}. */
record PlainDecay(TraceDecay decay, double eta) implements PlainRule {

    @Override
    public void advance(PlainTraces traces, double[] x, double[] y) {
        double[] hebb = traces.hebb();
        int n = y.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                hebb[i * n + j] += eta * (x[i] * y[j] - decay.fade(y[j]) * hebb[i * n + j]);
            }
        }
    }

    @Override
    public void back(
            PlainTraces traces,
            double[] x,
            double[] y,
            PlainTraces gradients,
            double[] dx,
            double[] dy,
            RuleNumbers parameters) {
        double[] hebb = traces.hebb();
        double[] gradient = gradients.hebb();
        int n = y.length;
        for (int j = 0; j < n; j++) {
            double gain = 0;
            double keep = 0;
            for (int i = 0; i < n; i++) {
                int ij = i * n + j;
                gain += gradient[ij] * x[i];
                keep += gradient[ij] * hebb[ij];
                dx[i] += gradient[ij] * eta * y[j];
                gradient[ij] *= 1 - eta * decay.fade(y[j]);
            }
            dy[j] += eta * (gain - decay.fadeSlope(y[j]) * keep);
            parameters.eta[0] += y[j] * gain - decay.fade(y[j]) * keep;
        }
    }
}
