package org.plastic4j.core.fused;

import org.plastic4j.core.cell.Alpha;

/** Gradients of a batch of a readout's lifetimes. What lifetimes share is kept apart for each until all are done. */
final class ReadoutGradients {
    private final ReadoutLifetimes lifetimes;

    /** [T, B, m]. */
    final double[] x;
    /** [T, B, n]. */
    final double[] drive;
    /** [B, m, n], not transposed. */
    final double[] hebb0;
    /** By lifetime, transposed. */
    final double[][] w;
    /** By lifetime, transposed. */
    final double[][] alpha;
    /** By lifetime. */
    final double[] eta;

    ReadoutGradients(ReadoutLifetimes lifetimes) {
        this.lifetimes = lifetimes;
        int batch = lifetimes.batch;
        int size = lifetimes.size;
        x = new double[lifetimes.x.length];
        drive = new double[Math.multiplyExact(lifetimes.steps * batch, lifetimes.n)];
        hebb0 = new double[Math.multiplyExact(batch, size)];
        w = new double[batch][size];
        alpha = new double[batch][size];
        eta = new double[batch];
    }

    /** The gradient of an input, in its shape and order, when all lifetimes are done. */
    double[] of(ReadoutSlot slot) {
        return switch (slot) {
            case X -> x;
            case DRIVE -> drive;
            case W -> overLifetimes(w);
            case ALPHA ->
                lifetimes.spec.readout().alpha() == Alpha.SHARED
                        ? new double[] {sum(overLifetimes(alpha))}
                        : overLifetimes(alpha);
            case ETA -> new double[] {sum(eta)};
            case HEBB0 -> hebb0;
        };
    }

    /** The sum over lifetimes, in their order whoever lived them. */
    private double[] overLifetimes(double[][] matrices) {
        double[] sum = new double[lifetimes.size];
        for (double[] matrix : matrices) {
            for (int k = 0; k < sum.length; k++) {
                sum[k] += matrix[k];
            }
        }
        double[] ordered = new double[lifetimes.size];
        lifetimes.unpack(sum, ordered, 0);
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
