package org.plastic4j.core.kernel.reference;

import java.util.Arrays;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.ReadoutTensors;
import org.plastic4j.core.kernel.TraceDecay;
import org.plastic4j.core.spec.ReadoutSlot;
import org.plastic4j.core.spec.ReadoutSpec;

/**
 * A batch of a readout's lifetimes in arrays of doubles; the equations stand in docs/math.md. Matrices are transposed:
 * n rows of the m connections to one output, each row an array. Loops along rows need no sum to be carried and no
 * offsets, so that Java's compiler vectorises them.
 */
final class ReadoutLifetimes {
    final ReadoutSpec spec;
    final int steps;
    final int batch;
    /** Inputs. */
    final int m;
    /** Outputs. */
    final int n;

    /** What comes in, a row for each step and lifetime. */
    final double[][] x;

    final double[][] w;
    /** A matrix, also where all connections share one alpha, or have none: a trace that starts at 0 and an eta of 0. */
    final double[][] alpha;

    final double eta;
    final TraceDecay decay;
    /** [B, m, n]; null where traces begin at zero. */
    private final double[] hebb0;

    ReadoutLifetimes(ReadoutTensors in) {
        spec = in.spec();
        steps = in.steps();
        batch = in.batch();
        m = in.inputs();
        n = in.outputs();
        x = Rows.split(HostArrays.doubles(in.get(ReadoutSlot.X)), m);
        w = matrix();
        Rows.readTransposed(HostArrays.doubles(in.get(ReadoutSlot.W)), 0, w);
        alpha = matrix();
        if (spec.readout().alpha() == Alpha.PER_CONNECTION) {
            Rows.readTransposed(HostArrays.doubles(in.get(ReadoutSlot.ALPHA)), 0, alpha);
        } else if (spec.isPlastic()) {
            double shared = HostArrays.doubles(in.get(ReadoutSlot.ALPHA))[0];
            Arrays.stream(alpha).forEach(row -> Arrays.fill(row, shared));
        }
        eta = spec.isPlastic() ? HostArrays.doubles(in.get(ReadoutSlot.ETA))[0] : 0;
        hebb0 = in.has(ReadoutSlot.HEBB0) ? HostArrays.doubles(in.get(ReadoutSlot.HEBB0)) : null;
        decay = TraceDecay.of(spec.readout().rule());
    }

    /** Zeros. */
    double[][] matrix() {
        return new double[n][m];
    }

    /** The length of an array [B, m, n]. */
    int lengthOfTraces() {
        return Math.multiplyExact(batch, m * n);
    }

    /** Which row of x and y is that of step t = 1 .. T of lifetime b. */
    int row(int t, int b) {
        return (t - 1) * batch + b;
    }

    /** H(1) of lifetime b. */
    void firstTrace(int b, double[][] hebb) {
        if (hebb0 == null) {
            Arrays.stream(hebb).forEach(row -> Arrays.fill(row, 0));
        } else {
            Rows.readTransposed(hebb0, b, hebb);
        }
    }

    /**
     * Lives lifetime b.
     *
     * @param hebb becomes its last trace
     * @param connections m numbers to work with
     * @param outputs its rows hold the drive, which becomes y
     */
    void live(int b, double[][] hebb, double[] connections, double[][] outputs) {
        firstTrace(b, hebb);
        for (int t = 1; t <= steps; t++) {
            double[] before = x[row(t, b)];
            double[] y = outputs[row(t, b)];
            for (int j = 0; j < n; j++) {
                connections(j, hebb[j], connections);
                y[j] += Dot.of(before, connections);
            }
            softmax(y);
            advance(hebb, before, y);
        }
    }

    /** W + alpha * H of the connections to output j. */
    private void connections(int j, double[] hebb, double[] into) {
        double[] fixed = w[j];
        double[] plastic = alpha[j];
        for (int i = 0; i < into.length; i++) {
            into[i] = fixed[i] + plastic[i] * hebb[i];
        }
    }

    /** In place; less the largest, so that a drive of any size cannot overflow. */
    private static void softmax(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        double sum = 0;
        for (int j = 0; j < values.length; j++) {
            values[j] = Math.exp(values[j] - largest);
            sum += values[j];
        }
        for (int j = 0; j < values.length; j++) {
            values[j] /= sum;
        }
    }

    /** H(t) becomes H(t+1), by x(t) and y(t). */
    void advance(double[][] hebb, double[] before, double[] y) {
        for (int j = 0; j < n; j++) {
            double keep = 1 - eta * decay.fade(y[j]);
            double gain = eta * y[j];
            double[] row = hebb[j];
            for (int i = 0; i < row.length; i++) {
                row[i] = keep * row[i] + before[i] * gain;
            }
        }
    }
}
