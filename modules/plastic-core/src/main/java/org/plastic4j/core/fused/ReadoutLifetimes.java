package org.plastic4j.core.fused;

import java.util.Arrays;
import org.plastic4j.core.cell.Alpha;

/**
 * A batch of a readout's lifetimes in arrays of doubles; the equations stand in docs/math.md. Matrices lie transposed,
 * as rows of the m connections to one output: along those, the loops of most of the work run without a carried sum,
 * and Java's compiler vectorises them.
 */
final class ReadoutLifetimes {
    final ReadoutSpec spec;
    final int steps;
    final int batch;
    /** Inputs. */
    final int m;
    /** Outputs. */
    final int n;
    /** Length of a matrix. */
    final int size;

    /** What comes in, [T, B, m]. */
    final double[] x;

    final double[] w;
    /** A matrix, also where all connections share one alpha, or have none: a trace that starts at 0 and an eta of 0. */
    final double[] alpha;

    final double eta;
    final TraceDecay decay;
    /** [B, m, n], not transposed; null where traces begin at zero. */
    private final double[] hebb0;

    ReadoutLifetimes(ReadoutTensors in) {
        spec = in.spec();
        steps = in.steps();
        batch = in.batch();
        m = in.inputs();
        n = in.outputs();
        size = m * n;
        x = HostArrays.doubles(in.get(ReadoutSlot.X));
        w = new double[size];
        pack(HostArrays.doubles(in.get(ReadoutSlot.W)), 0, w);
        alpha = new double[size];
        if (spec.readout().alpha() == Alpha.PER_CONNECTION) {
            pack(HostArrays.doubles(in.get(ReadoutSlot.ALPHA)), 0, alpha);
        } else if (spec.isPlastic()) {
            Arrays.fill(alpha, HostArrays.doubles(in.get(ReadoutSlot.ALPHA))[0]);
        }
        eta = spec.isPlastic() ? HostArrays.doubles(in.get(ReadoutSlot.ETA))[0] : 0;
        hebb0 = in.has(ReadoutSlot.HEBB0) ? HostArrays.doubles(in.get(ReadoutSlot.HEBB0)) : null;
        decay = TraceDecay.of(spec.readout().rule());
    }

    /** Matrix k of an array [.., m, n], transposed. */
    void pack(double[] from, int k, double[] matrix) {
        for (int i = 0, at = k * size; i < m; i++) {
            for (int j = 0; j < n; j++) {
                matrix[j * m + i] = from[at++];
            }
        }
    }

    /** The inverse of {@link #pack}. */
    void unpack(double[] matrix, double[] to, int k) {
        for (int i = 0, at = k * size; i < m; i++) {
            for (int j = 0; j < n; j++) {
                to[at++] = matrix[j * m + i];
            }
        }
    }

    /** Where lifetime b's x(t) begins, t = 1 .. T. */
    int input(int t, int b) {
        return ((t - 1) * batch + b) * m;
    }

    /** Where lifetime b's y(t) begins in an array [T, B, n]. */
    int output(int t, int b) {
        return ((t - 1) * batch + b) * n;
    }

    /** H(1) of lifetime b. */
    void firstTrace(int b, double[] hebb) {
        if (hebb0 == null) {
            Arrays.fill(hebb, 0);
        } else {
            pack(hebb0, b, hebb);
        }
    }

    /** Lives lifetime b: its drive in {@code outputs} becomes y, and {@code hebb} its last trace. */
    void live(int b, double[] hebb, double[] outputs) {
        firstTrace(b, hebb);
        for (int t = 1; t <= steps; t++) {
            int in = input(t, b);
            int out = output(t, b);
            for (int j = 0; j < n; j++) {
                int row = j * m;
                double pre = 0;
                for (int i = 0; i < m; i++) {
                    pre += x[in + i] * (w[row + i] + alpha[row + i] * hebb[row + i]);
                }
                outputs[out + j] += pre;
            }
            softmax(outputs, out);
            advance(hebb, outputs, t, b);
        }
    }

    /** In place; less the largest, so that a drive of any size cannot overflow. */
    private void softmax(double[] values, int from) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            largest = Math.max(largest, values[from + j]);
        }
        double sum = 0;
        for (int j = 0; j < n; j++) {
            values[from + j] = Math.exp(values[from + j] - largest);
            sum += values[from + j];
        }
        for (int j = 0; j < n; j++) {
            values[from + j] /= sum;
        }
    }

    /** H(t) becomes H(t+1). */
    void advance(double[] hebb, double[] outputs, int t, int b) {
        int in = input(t, b);
        int out = output(t, b);
        for (int j = 0; j < n; j++) {
            double y = outputs[out + j];
            double keep = 1 - eta * decay.fade(y);
            double gain = eta * y;
            int row = j * m;
            for (int i = 0; i < m; i++) {
                hebb[row + i] = keep * hebb[row + i] + x[in + i] * gain;
            }
        }
    }
}
