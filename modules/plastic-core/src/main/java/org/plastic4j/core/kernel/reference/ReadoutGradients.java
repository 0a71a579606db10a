package org.plastic4j.core.kernel.reference;

import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.spec.ReadoutSlot;

/** Gradients of a batch of a readout's lifetimes. What lifetimes share is kept apart for each until all are done. */
final class ReadoutGradients {
    private final ReadoutLifetimes lifetimes;

    /** A row for each step and lifetime. */
    final double[][] x;
    /** A row for each step and lifetime. */
    final double[][] drive;
    /** [B, m, n]. */
    final double[] hebb0;
    /** A matrix, transposed, for each lifetime. */
    final double[][][] w;
    /** A matrix, transposed, for each lifetime. */
    final double[][][] alpha;
    /** By lifetime. */
    final double[] eta;

    ReadoutGradients(ReadoutLifetimes lifetimes) {
        this.lifetimes = lifetimes;
        int batch = lifetimes.batch;
        x = new double[lifetimes.x.length][lifetimes.m];
        drive = new double[lifetimes.x.length][lifetimes.n];
        hebb0 = new double[lifetimes.lengthOfTraces()];
        w = new double[batch][lifetimes.n][lifetimes.m];
        alpha = new double[batch][lifetimes.n][lifetimes.m];
        eta = new double[batch];
    }

    /** The gradient of an input, in its shape and order, when all lifetimes are done. */
    double[] of(ReadoutSlot slot) {
        return switch (slot) {
            case X -> Rows.join(x);
            case DRIVE -> Rows.join(drive);
            case W -> overLifetimes(w);
            case ALPHA ->
                lifetimes.spec.readout().alpha() == Alpha.SHARED
                        ? new double[] {sum(overLifetimes(alpha))}
                        : overLifetimes(alpha);
            case ETA -> new double[] {sum(eta)};
            case HEBB0 -> hebb0;
        };
    }

    /** The sum over lifetimes, in their order whoever lived them; [m, n]. */
    private double[] overLifetimes(double[][][] matrices) {
        double[][] sum = lifetimes.matrix();
        for (double[][] matrix : matrices) {
            for (int j = 0; j < sum.length; j++) {
                for (int i = 0; i < sum[j].length; i++) {
                    sum[j][i] += matrix[j][i];
                }
            }
        }
        double[] ordered = new double[lifetimes.m * lifetimes.n];
        Rows.writeTransposed(sum, ordered, 0);
        return ordered;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
