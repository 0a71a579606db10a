package org.plastic4j.associativeretrieval;

import java.util.Arrays;
import java.util.Map;

/** {@link StpnCell} in plain loops. The traces of all steps are kept for the backward pass: 2.4 MB at the published sizes. */
final class StpnLoops implements Loops {
    private final int steps;
    private final int symbols;
    private final int inputs;
    private final int n;
    /** The rows of v(t); those of y(t-1) are that step's very arrays. */
    private final float[][][] v;

    private final float[][] rest;
    private final float[][][] y;
    /** F(t). */
    private final float[][][] f;
    /** v(t) G(t), and 1 / norm. */
    private final float[][][] product;

    private final float[][][] inverse;

    /** The gradient with respect to F(t + 1), then to F(t). */
    private final float[][] df;

    private final float[][] dw;
    private final float[][] dDecay;
    private final float[][] dRate;
    private final float[][] dBias;
    private final float[][] dy;
    private final float[][] dyBefore;
    private final float[][] dInverse;

    StpnLoops(Shape shape) {
        steps = shape.steps();
        symbols = shape.symbols();
        n = shape.units();
        inputs = symbols + n;
        int batch = shape.batch();
        v = new float[steps][inputs][];
        rest = Rows.of(n, batch);
        y = new float[steps][n][batch];
        f = new float[steps][inputs * n][batch];
        product = new float[steps][n][batch];
        inverse = new float[steps][n][batch];
        df = Rows.of(inputs * n, batch);
        dw = Rows.of(inputs * n, batch);
        dDecay = Rows.of(inputs * n, batch);
        dRate = Rows.of(inputs * n, batch);
        dBias = Rows.of(n, batch);
        dy = Rows.of(n, batch);
        dyBefore = Rows.of(n, batch);
        dInverse = Rows.of(n, batch);
    }

    @Override
    public float[][] forward(Map<String, float[]> parameters, float[][][] x) {
        float[] w = parameters.get(StpnCell.W);
        float[] bias = parameters.get(StpnCell.BIAS);
        float[] decay = parameters.get(StpnCell.DECAY);
        float[] rate = parameters.get(StpnCell.RATE);
        for (int t = 0; t < steps; t++) {
            System.arraycopy(x[t], 0, v[t], 0, symbols);
            System.arraycopy(t == 0 ? rest : y[t - 1], 0, v[t], symbols, n);
            for (int j = 0; j < n; j++) {
                float[] squares = inverse[t][j];
                Arrays.fill(squares, 0);
                Arrays.fill(product[t][j], 0);
                for (int k = j, i = 0; i < inputs; i++, k += n) {
                    gather(w[k], f[t][k], v[t][i], squares, product[t][j]);
                }
                activate(squares, product[t][j], bias[j], y[t][j]);
            }
            for (int k = 0; k < inputs * n && t < steps - 1; k++) {
                int j = k % n;
                trace(decay[k], rate[k], f[t][k], inverse[t][j], v[t][k / n], y[t][j], f[t + 1][k]);
            }
        }
        return y[steps - 1];
    }

    private static void gather(float w, float[] f, float[] v, float[] squares, float[] product) {
        for (int b = 0; b < f.length; b++) {
            float g = w + f[b];
            squares[b] += g * g;
            product[b] += v[b] * g;
        }
    }

    /** Turns squared norms into their inverse roots. */
    private static void activate(float[] squares, float[] product, float bias, float[] y) {
        for (int b = 0; b < y.length; b++) {
            squares[b] = 1 / (float) Math.sqrt(squares[b]);
            y[b] = (float) Math.tanh(product[b] * squares[b] + bias);
        }
    }

    private static void trace(float decay, float rate, float[] f, float[] inverse, float[] v, float[] y, float[] next) {
        for (int b = 0; b < next.length; b++) {
            next[b] = decay * f[b] * inverse[b] + rate * v[b] * y[b];
        }
    }

    @Override
    public Map<String, float[]> backward(Map<String, float[]> parameters, float[][] last) {
        float[] w = parameters.get(StpnCell.W);
        float[] decay = parameters.get(StpnCell.DECAY);
        float[] rate = parameters.get(StpnCell.RATE);
        for (float[][] rows : new float[][][] {df, dw, dDecay, dRate, dBias}) {
            Rows.clear(rows);
        }
        for (int j = 0; j < n; j++) {
            System.arraycopy(last[j], 0, dy[j], 0, last[j].length);
        }
        for (int t = steps - 1; t >= 0; t--) {
            Rows.clear(dyBefore);
            Rows.clear(dInverse);
            for (int k = 0; k < inputs * n && t < steps - 1; k++) {
                int i = k / n;
                int j = k % n;
                Rows.addProduct(dy[j], rate[k], df[k], v[t][i]);
                if (i >= symbols) {
                    Rows.addProduct(dyBefore[i - symbols], rate[k], df[k], y[t][j]);
                }
                backThroughRate(df[k], v[t][i], y[t][j], dRate[k]);
                backThroughDecay(decay[k], df[k], f[t][k], inverse[t][j], dDecay[k], dInverse[j]);
            }
            for (int j = 0; j < n; j++) {
                Rows.backThroughTanh(dy[j], y[t][j]);
                Rows.add(dBias[j], dy[j]);
                backThroughNorm(product[t][j], inverse[t][j], dy[j], dInverse[j]);
            }
            for (int k = 0; k < inputs * n; k++) {
                int i = k / n;
                int j = k % n;
                backThroughProduct(w[k], f[t][k], v[t][i], dy[j], dInverse[j], df[k], dw[k]);
                if (i >= symbols) {
                    addToPre(w[k], f[t][k], dy[j], dyBefore[i - symbols]);
                }
            }
            for (int j = 0; j < n; j++) {
                System.arraycopy(dyBefore[j], 0, dy[j], 0, dy[j].length);
            }
        }
        return Map.of(
                StpnCell.W, Rows.sums(dw),
                StpnCell.BIAS, Rows.sums(dBias),
                StpnCell.DECAY, Rows.sums(dDecay),
                StpnCell.RATE, Rows.sums(dRate));
    }

    private static void backThroughRate(float[] df, float[] v, float[] y, float[] dRate) {
        for (int b = 0; b < df.length; b++) {
            dRate[b] += df[b] * v[b] * y[b];
        }
    }

    /** Turns the gradient with respect to F(t + 1) into its part with respect to F(t). */
    private static void backThroughDecay(
            float decay, float[] df, float[] f, float[] inverse, float[] dDecay, float[] dInverse) {
        for (int b = 0; b < df.length; b++) {
            float gradient = df[b];
            dDecay[b] += gradient * f[b] * inverse[b];
            dInverse[b] += gradient * decay * f[b];
            df[b] = gradient * decay * inverse[b];
        }
    }

    /**
     * Turns the gradient with respect to {@code product / norm} into that with respect to the product, and that with respect
     * to {@code 1 / norm} into the factor of G in that with respect to G.
     */
    private static void backThroughNorm(float[] product, float[] inverse, float[] d, float[] dInverse) {
        for (int b = 0; b < d.length; b++) {
            float r = inverse[b];
            float all = dInverse[b] + d[b] * product[b];
            d[b] *= r;
            dInverse[b] = -all * r * r * r;
        }
    }

    private static void backThroughProduct(
            float w, float[] f, float[] v, float[] dProduct, float[] factor, float[] df, float[] dw) {
        for (int b = 0; b < df.length; b++) {
            float dg = dProduct[b] * v[b] + factor[b] * (w + f[b]);
            df[b] += dg;
            dw[b] += dg;
        }
    }

    private static void addToPre(float w, float[] f, float[] dProduct, float[] dPre) {
        for (int b = 0; b < f.length; b++) {
            dPre[b] += dProduct[b] * (w + f[b]);
        }
    }
}
