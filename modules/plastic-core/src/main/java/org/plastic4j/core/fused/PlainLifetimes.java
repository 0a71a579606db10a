package org.plastic4j.core.fused;

import java.util.Arrays;

/** A batch of lifetimes in arrays of doubles, all in C order; the equations stand in docs/math.md. */
final class PlainLifetimes {
    final LifetimeSpec spec;
    final int steps;
    final int batch;
    final int n;
    final double[] w;
    final double[] mask;
    private final double[] value;
    private final double[] y0;
    private final double[] hebb0;
    private final double[] alpha;
    final double eta;
    final TraceDecay decay;

    PlainLifetimes(LifetimeTensors in) {
        spec = in.spec();
        steps = in.steps();
        batch = in.batch();
        n = in.neurons();
        w = HostArrays.doubles(in.get(Slot.W));
        mask = optional(in, Slot.MASK);
        if (mask != null) {
            Arrays.stream(mask).forEach(LifetimeTensors::requireBinary);
        }
        value = optional(in, Slot.VALUE);
        y0 = optional(in, Slot.Y0);
        hebb0 = optional(in, Slot.HEBB0);
        alpha = optional(in, Slot.ALPHA);
        eta = in.has(Slot.ETA) ? in.get(Slot.ETA).getDouble(0) : 0;
        decay = TraceDecay.of(spec.rule());
    }

    private static double[] optional(LifetimeTensors in, Slot slot) {
        return in.has(slot) ? HostArrays.doubles(in.get(slot)) : null;
    }

    /** alpha of the connection at {@code i n + j}. */
    double alpha(int connection) {
        return alpha.length == 1 ? alpha[0] : alpha[connection];
    }

    /** H(1) of lifetime b; null where the layer is not plastic. */
    double[] firstTrace(int b) {
        if (!spec.isPlastic()) {
            return null;
        }
        return hebb0 == null ? new double[n * n] : Arrays.copyOfRange(hebb0, b * n * n, (b + 1) * n * n);
    }

    /** Where lifetime b's row of step t (1 .. T) begins in an array [T, B, n]. */
    int row(int t, int b) {
        return ((t - 1) * batch + b) * n;
    }

    /** y_i(t) of lifetime b, t from 0. */
    double output(double[] outputs, int t, int b, int i) {
        if (t == 0) {
            return y0 == null ? 0 : y0[b * n + i];
        }
        return outputs[row(t, b) + i];
    }

    /** Lives lifetime b, fills its rows of {@code outputs} and returns its last trace. */
    double[] live(int b, double[] drive, double[] outputs) {
        double[] hebb = firstTrace(b);
        double[] pre = new double[n];
        for (int t = 1; t <= steps; t++) {
            int row = row(t, b);
            System.arraycopy(drive, row, pre, 0, n);
            for (int i = 0; i < n; i++) {
                double x = output(outputs, t - 1, b, i);
                for (int j = 0; j < n; j++) {
                    int ij = i * n + j;
                    pre[j] += x * (hebb == null ? w[ij] : w[ij] + alpha(ij) * hebb[ij]);
                }
            }
            for (int j = 0; j < n; j++) {
                double free = Math.tanh(pre[j]);
                outputs[row + j] = mask == null ? free : mask[row + j] * value[row + j] + (1 - mask[row + j]) * free;
            }
            advance(hebb, outputs, t, b);
        }
        return hebb;
    }

    /** H(t) becomes H(t+1). */
    void advance(double[] hebb, double[] outputs, int t, int b) {
        if (hebb == null) {
            return;
        }
        for (int i = 0; i < n; i++) {
            double x = output(outputs, t - 1, b, i);
            for (int j = 0; j < n; j++) {
                double y = output(outputs, t, b, j);
                hebb[i * n + j] += eta * (x * y - decay.fade(y) * hebb[i * n + j]);
            }
        }
    }
}
