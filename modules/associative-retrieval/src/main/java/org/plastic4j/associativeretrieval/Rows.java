package org.plastic4j.associativeretrieval;

import java.util.Arrays;

/** Rows of values, one for each sequence of a batch. */
final class Rows {
    private Rows() {}

    static float[][] of(int rows, int batch) {
        return new float[rows][batch];
    }

    static void clear(float[][] rows) {
        for (float[] row : rows) {
            Arrays.fill(row, 0);
        }
    }

    /** {@code to += a}. */
    static void add(float[] to, float[] a) {
        for (int b = 0; b < to.length; b++) {
            to[b] += a[b];
        }
    }

    /** {@code to += factor * a}. */
    static void add(float[] to, float factor, float[] a) {
        for (int b = 0; b < to.length; b++) {
            to[b] += factor * a[b];
        }
    }

    /** {@code to += a * c}. */
    static void addProduct(float[] to, float[] a, float[] c) {
        for (int b = 0; b < to.length; b++) {
            to[b] += a[b] * c[b];
        }
    }

    /** {@code to += factor * a * c}. */
    static void addProduct(float[] to, float factor, float[] a, float[] c) {
        for (int b = 0; b < to.length; b++) {
            to[b] += factor * a[b] * c[b];
        }
    }

    /** {@code to = tanh(a)}. */
    static void tanh(float[] to, float[] a) {
        for (int b = 0; b < to.length; b++) {
            to[b] = (float) Math.tanh(a[b]);
        }
    }

    /** {@code to *= 1 - y^2}: from the gradient with respect to y = tanh(a) to that with respect to a. */
    static void backThroughTanh(float[] to, float[] y) {
        for (int b = 0; b < to.length; b++) {
            to[b] *= 1 - y[b] * y[b];
        }
    }

    /** The sum of each row: from what each sequence gives to a parameter's gradient to the gradient. */
    static float[] sums(float[][] rows) {
        float[] sums = new float[rows.length];
        for (int k = 0; k < rows.length; k++) {
            double sum = 0;
            for (float value : rows[k]) {
                sum += value;
            }
            sums[k] = (float) sum;
        }
        return sums;
    }
}
