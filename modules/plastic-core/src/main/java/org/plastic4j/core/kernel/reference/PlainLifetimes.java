package org.plastic4j.core.kernel.reference;

import java.util.Arrays;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Slot;

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
    private final double[] eligibility0;
    private final double[] alpha;
    /** Null where the layer is not plastic. */
    final PlainRule rule;

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
        eligibility0 = optional(in, Slot.ELIGIBILITY0);
        alpha = optional(in, Slot.ALPHA);
        rule = spec.isPlastic() ? PlainRule.of(spec.rule(), RuleNumbers.of(in)) : null;
    }

    private static double[] optional(LifetimeTensors in, Slot slot) {
        return in.has(slot) ? HostArrays.doubles(in.get(slot)) : null;
    }

    /** alpha of the connection at {@code i n + j}. */
    double alpha(int connection) {
        return alpha.length == 1 ? alpha[0] : alpha[connection];
    }

    /** The traces of lifetime b at step 1; null where the layer is not plastic. */
    PlainTraces firstTraces(int b) {
        if (!spec.isPlastic()) {
            return null;
        }
        return new PlainTraces(matrix(hebb0, b), spec.traces() > 1 ? matrix(eligibility0, b) : null);
    }

    private double[] matrix(double[] matrices, int b) {
        return matrices == null ? new double[n * n] : Arrays.copyOfRange(matrices, b * n * n, (b + 1) * n * n);
    }

    /** Where lifetime b's row of step t (1 .. T) begins in an array [T, B, n]. */
    int row(int t, int b) {
        return ((t - 1) * batch + b) * n;
    }

    /** y(t) of lifetime b, t from 0. */
    double[] outputs(double[] outputs, int t, int b) {
        if (t == 0) {
            return y0 == null ? new double[n] : Arrays.copyOfRange(y0, b * n, (b + 1) * n);
        }
        return Arrays.copyOfRange(outputs, row(t, b), row(t, b) + n);
    }

    /** Lives lifetime b, fills its rows of {@code outputs} and returns its last traces. */
    PlainTraces live(int b, double[] drive, double[] outputs) {
        PlainTraces traces = firstTraces(b);
        for (int t = 1; t <= steps; t++) {
            respond(traces, outputs(outputs, t - 1, b), new Inputs(drive, mask, value), row(t, b), outputs);
            advance(traces, outputs, t, b);
        }
        return traces;
    }

    /**
     * What lifetimes receive.
     *
     * @param mask null where nothing is clamped, as is value
     */
    record Inputs(double[] drive, double[] mask, double[] value) {}

    /** A lifetime's outputs in a step, from those before it and the inputs at {@code row}, where they are written to. */
    void respond(PlainTraces traces, double[] before, Inputs inputs, int row, double[] outputs) {
        double[] pre = Arrays.copyOfRange(inputs.drive, row, row + n);
        for (int i = 0; i < n; i++) {
            double x = before[i];
            for (int j = 0; j < n; j++) {
                int ij = i * n + j;
                pre[j] += x * (traces == null ? w[ij] : w[ij] + alpha(ij) * traces.hebb()[ij]);
            }
        }
        for (int j = 0; j < n; j++) {
            double free = Math.tanh(pre[j]);
            int at = row + j;
            outputs[at] =
                    inputs.mask == null ? free : inputs.mask[at] * inputs.value[at] + (1 - inputs.mask[at]) * free;
        }
    }

    /** From the traces of step t to those of step t + 1, in place. */
    void advance(PlainTraces traces, double[] outputs, int t, int b) {
        if (traces != null) {
            rule.advance(traces, outputs(outputs, t - 1, b), outputs(outputs, t, b));
        }
    }
}
