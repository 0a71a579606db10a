package org.plastic4j.associativeretrieval;

import java.util.Arrays;

/** Normalises a layer of each sequence to mean 0 and standard deviation 1 over the units, then gives them gain and shift. */
final class LayerNorm {
    private final float[][] normal;
    private final float[] inverse;
    private final float[] mean;

    LayerNorm(int units, int batch) {
        normal = Rows.of(units, batch);
        inverse = new float[batch];
        mean = new float[batch];
    }

    /**
     * @param pre [n, B]
     * @param to [n, B], other arrays
     */
    void forward(float[][] pre, float[] gain, float[] shift, float[][] to) {
        int n = pre.length;
        Arrays.fill(mean, 0);
        Arrays.fill(inverse, 0);
        for (float[] row : pre) {
            Rows.add(mean, 1f / n, row);
        }
        for (int j = 0; j < n; j++) {
            centre(pre[j], mean, normal[j]);
            Rows.addProduct(inverse, 1f / n, normal[j], normal[j]);
        }
        for (int b = 0; b < inverse.length; b++) {
            inverse[b] = 1 / (float) Math.sqrt(inverse[b]);
        }
        for (int j = 0; j < n; j++) {
            scale(normal[j], inverse, gain[j], shift[j], to[j]);
        }
    }

    private static void centre(float[] row, float[] mean, float[] to) {
        for (int b = 0; b < to.length; b++) {
            to[b] = row[b] - mean[b];
        }
    }

    private static void scale(float[] normal, float[] inverse, float gain, float shift, float[] to) {
        for (int b = 0; b < to.length; b++) {
            normal[b] *= inverse[b];
            to[b] = gain * normal[b] + shift;
        }
    }

    /**
     * @param d the gradient with respect to what {@link #forward} gave, [n, B]; then that with respect to {@code pre}
     * @param dGain added to, [n, B]
     * @param dShift added to, [n, B]
     */
    void backward(float[][] d, float[] gain, float[][] dGain, float[][] dShift) {
        int n = d.length;
        float[] along = mean;
        float[] sum = new float[along.length];
        Arrays.fill(along, 0);
        for (int j = 0; j < n; j++) {
            Rows.addProduct(dGain[j], d[j], normal[j]);
            Rows.add(dShift[j], d[j]);
            Rows.add(sum, gain[j] / n, d[j]);
            Rows.addProduct(along, gain[j] / n, d[j], normal[j]);
        }
        for (int j = 0; j < n; j++) {
            project(d[j], gain[j], normal[j], inverse, sum, along);
        }
    }

    private static void project(float[] d, float gain, float[] normal, float[] inverse, float[] sum, float[] along) {
        for (int b = 0; b < d.length; b++) {
            d[b] = inverse[b] * (gain * d[b] - sum[b] - normal[b] * along[b]);
        }
    }
}
