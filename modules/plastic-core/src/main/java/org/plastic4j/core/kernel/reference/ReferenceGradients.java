package org.plastic4j.core.kernel.reference;

import java.util.Arrays;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.spec.Slot;

/** Gradients of a batch of lifetimes; the equations stand in docs/math.md. */
final class ReferenceGradients {
    private final ReferenceLifetimes lifetimes;

    /** With respect to what all lifetimes share, when all are done. */
    final SharedGradients shared;
    /** With respect to what comes into a readout, a row for each step and lifetime; null where the layer is recurrent. */
    final double[][] x;
    /** With respect to the external input, which is that of the pre-activations; a row for each step and lifetime. */
    final double[][] drive;
    /** With respect to clamped values; null where nothing is clamped. */
    final double[][] value;
    /** With respect to the outputs before the first step, a row for each lifetime. */
    final double[][] y0;
    /** With respect to the first traces, [B, m, n] of each kind. */
    final double[][] firstTraces;

    ReferenceGradients(ReferenceLifetimes lifetimes) {
        this.lifetimes = lifetimes;
        int rows = lifetimes.steps * lifetimes.batch;
        int n = lifetimes.n;
        shared = SharedGradients.zeros(lifetimes.spec.layer());
        x = lifetimes.spec.isReadout() ? new double[rows][lifetimes.m] : null;
        drive = new double[rows][n];
        value = lifetimes.mask == null ? null : new double[rows][n];
        y0 = new double[lifetimes.batch][n];
        firstTraces = new double[lifetimes.spec.traces()][lifetimes.lengthOfTraces()];
    }

    /** The gradient of an input, in its shape and order, when all lifetimes are done. */
    double[] of(String label) {
        double[] ofRule = shared.rule().of(label);
        return ofRule == null ? of(Slot.of(label)) : ofRule;
    }

    private double[] of(Slot slot) {
        return switch (slot) {
            case X -> Rows.join(x);
            case DRIVE -> Rows.join(drive);
            case W -> matrix(shared.w());
            case ALPHA ->
                lifetimes.spec.alpha() == Alpha.SHARED
                        ? new double[] {Arrays.stream(matrix(shared.alpha())).sum()}
                        : matrix(shared.alpha());
            case VALUE -> Rows.join(value);
            case Y0 -> Rows.join(y0);
            case HEBB0 -> firstTraces[0];
            case ELIGIBILITY0 -> firstTraces[1];
            case MASK, ETA, MODULATOR_WEIGHTS, MODULATOR_BIAS, FAN_OUT_WEIGHTS, FAN_OUT_BIAS ->
                throw new AssertionError("no gradient of " + slot);
        };
    }

    /** As an array [m, n]. */
    private double[] matrix(double[][] rows) {
        double[] ordered = new double[lifetimes.m * lifetimes.n];
        Rows.writeTransposed(rows, ordered, 0);
        return ordered;
    }
}
