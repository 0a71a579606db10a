package org.plastic4j.core.kernel.reference;

import java.util.Arrays;
import org.plastic4j.core.cell.PlasticLayer;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Slot;

/**
 * A batch of lifetimes in arrays of doubles; the equations stand in docs/math.md. Matrices are transposed: n rows of the m
 * connections to one neuron, each row an array. Loops along rows need no sum to be carried and no offsets, so that Java's
 * compiler vectorises them.
 */
final class ReferenceLifetimes {
    final LifetimeSpec spec;
    final int steps;
    final int batch;
    /** Pre-synaptic neurons. */
    final int m;
    /** Post-synaptic neurons. */
    final int n;

    final double[][] w;
    /** A matrix also where all connections share one alpha; null where the layer is not plastic. */
    final double[][] alpha;
    /** A row for each step and lifetime; null where nothing is clamped, as are the values. */
    final double[][] mask;

    /** Null where the layer is not plastic. */
    final ReferenceRule rule;

    private final Activation activation;
    private final double[][] value;
    /** What comes into a readout, a row for each step and lifetime; null where the layer is recurrent. */
    private final double[][] x;
    /** Outputs before the first step, a row for each lifetime. */
    private final double[][] y0;
    /** Of each kind, [B, m, n]; null where they are zero. */
    private final double[][] firstTraces;

    ReferenceLifetimes(LifetimeTensors in) {
        spec = in.spec();
        PlasticLayer layer = spec.layer();
        steps = in.steps();
        batch = in.batch();
        m = layer.inputs();
        n = layer.outputs();
        activation = spec.isReadout() ? Activation.SOFTMAX : Activation.TANH;
        w = matrix(HostArrays.doubles(in.get(Slot.W)));
        alpha = spec.isPlastic() ? matrix(HostArrays.doubles(in.get(Slot.ALPHA))) : null;
        rule = spec.isPlastic() ? ReferenceRule.of(spec.rule(), n, RuleValues.of(in)) : null;
        mask = rows(in, Slot.MASK, n);
        if (mask != null) {
            Arrays.stream(mask).flatMapToDouble(Arrays::stream).forEach(LifetimeTensors::requireBinary);
        }
        value = rows(in, Slot.VALUE, n);
        x = rows(in, Slot.X, m);
        y0 = in.has(Slot.Y0) ? rows(in, Slot.Y0, n) : new double[batch][n];
        firstTraces = new double[][] {optional(in, Slot.HEBB0), optional(in, Slot.ELIGIBILITY0)};
    }

    private static double[] optional(LifetimeTensors in, Slot slot) {
        return in.has(slot) ? HostArrays.doubles(in.get(slot)) : null;
    }

    private static double[][] rows(LifetimeTensors in, Slot slot, int width) {
        return in.has(slot) ? Rows.split(HostArrays.doubles(in.get(slot)), width) : null;
    }

    /** Of an array [m, n], or of one value for all connections. */
    private double[][] matrix(double... values) {
        double[][] rows = new double[n][m];
        if (values.length == 1) {
            Arrays.stream(rows).forEach(row -> Arrays.fill(row, values[0]));
        } else {
            Rows.readTransposed(values, 0, rows);
        }
        return rows;
    }

    /** The length of an array [B, m, n]. */
    int lengthOfTraces() {
        return Math.multiplyExact(batch, m * n);
    }

    /** Which row of inputs and outputs is that of step t = 1 .. T of lifetime b. */
    int row(int t, int b) {
        return (t - 1) * batch + b;
    }

    /** The traces and states of lifetime b at step 1. */
    void begin(int b, ReferenceTraces traces) {
        traces.read(firstTraces, b);
        traces.begin(spec.layer().states());
    }

    /** The pre-synaptic activity in step t of lifetime b: y(t-1), or what comes into a readout. */
    double[] before(double[][] outputs, int t, int b) {
        if (x != null) {
            return x[row(t, b)];
        }
        return t == 1 ? y0[b] : outputs[row(t - 1, b)];
    }

    /**
     * Runs lifetime b.
     *
     * @param drive a row for each step and lifetime
     * @param outputs receive y, likewise
     * @param traces become its last traces
     */
    void run(int b, double[][] drive, double[][] outputs, ReferenceTraces traces) {
        begin(b, traces);
        for (int t = 1; t <= steps; t++) {
            int row = row(t, b);
            double[] before = before(outputs, t, b);
            respond(traces, before, drive[row], outputs[row]);
            if (mask != null) {
                clamp(mask[row], value[row], outputs[row]);
            }
            advance(traces, before, outputs[row]);
        }
    }

    /** y(t) of neurons that are not clamped. */
    void respond(ReferenceTraces traces, double[] before, double[] drive, double[] y) {
        double[] pre = drive.clone();
        double[] plastic = new double[m];
        for (int j = 0; j < n; j++) {
            pre[j] += Dot.of(before, rule == null ? w[j] : connections(j, traces.hebb()[j], plastic));
        }
        activation.apply(pre, y);
    }

    /** W + alpha * H of the connections to neuron j. */
    private double[] connections(int j, double[] hebb, double[] into) {
        double[] fixed = w[j];
        double[] coefficients = alpha[j];
        for (int i = 0; i < into.length; i++) {
            into[i] = fixed[i] + coefficients[i] * hebb[i];
        }
        return into;
    }

    static void clamp(double[] mask, double[] value, double[] y) {
        for (int j = 0; j < y.length; j++) {
            y[j] = mask[j] * value[j] + (1 - mask[j]) * y[j];
        }
    }

    /** From H(t) to H(t+1), in place. */
    void advance(ReferenceTraces traces, double[] before, double[] y) {
        if (rule != null) {
            rule.advance(traces, before, y);
        }
    }

    /** From the gradient with respect to y(t) to that with respect to the pre-activations. */
    void preGradient(int row, double[] y, double[] yGradient, double[] into) {
        activation.back(y, yGradient, into);
        for (int j = 0; mask != null && j < n; j++) {
            into[j] *= 1 - mask[row][j];
        }
    }
}
