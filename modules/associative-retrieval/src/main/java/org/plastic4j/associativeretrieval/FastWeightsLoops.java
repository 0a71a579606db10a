package org.plastic4j.associativeretrieval;

import java.util.Arrays;
import java.util.Map;

/**
 * {@link FastWeightsCell} in plain loops. The fast weights are never formed: {@code h0 A(t)} is the sum over earlier steps s of
 * {@code rate decay^(t-1-s) (h0 . h(s)) h(s)}, as their authors say.
 */
final class FastWeightsLoops implements Loops {
    private final Config.FastWeights settings;
    private final int steps;
    private final int symbols;
    private final int n;
    private final float[][] rest;
    private final Step[] all;

    private final float[][] pre;
    private final float[][] dPre;
    private final float[][] dFirst;
    private final float[][] dInput;
    private final float[][] dw;
    private final float[][] dBias;
    private final float[][] dGain;
    private final float[][] dShift;

    /** What a step leaves for the backward pass. */
    private static final class Step {
        final float[][] first;
        final float[][] h;
        final float[][] dh;
        /** h0 . h(s) for each earlier step s. */
        final float[][] attention;

        final LayerNorm firstNorm;
        final LayerNorm norm;
        float[][] x;

        Step(int t, int n, int batch) {
            first = Rows.of(n, batch);
            h = Rows.of(n, batch);
            dh = Rows.of(n, batch);
            attention = Rows.of(t, batch);
            firstNorm = new LayerNorm(n, batch);
            norm = new LayerNorm(n, batch);
        }
    }

    FastWeightsLoops(Config.FastWeights settings, Shape shape) {
        this.settings = settings;
        steps = shape.steps();
        symbols = shape.symbols();
        n = shape.units();
        int batch = shape.batch();
        rest = Rows.of(n, batch);
        all = new Step[steps];
        for (int t = 0; t < steps; t++) {
            all[t] = new Step(t, n, batch);
        }
        pre = Rows.of(n, batch);
        dPre = Rows.of(n, batch);
        dFirst = Rows.of(n, batch);
        dInput = Rows.of(symbols * n, batch);
        dw = Rows.of(n * n, batch);
        dBias = Rows.of(n, batch);
        dGain = Rows.of(n, batch);
        dShift = Rows.of(n, batch);
    }

    /** How much of what was stored in an earlier step there is in a later one. */
    private float left(int stored, int now) {
        return (float) (settings.rate() * Math.pow(settings.decay(), now - 1 - stored));
    }

    private float[][] before(int t) {
        return t == 0 ? rest : all[t - 1].h;
    }

    @Override
    public float[][] forward(Map<String, float[]> parameters, float[][][] x) {
        float[] gain = parameters.get(FastWeightsCell.GAIN);
        float[] shift = parameters.get(FastWeightsCell.SHIFT);
        for (int t = 0; t < steps; t++) {
            Step step = all[t];
            step.x = x[t];
            for (int j = 0; j < n; j++) {
                Arrays.fill(pre[j], parameters.get(Cell.BIAS)[j]);
            }
            addProducts(x[t], parameters.get(Cell.INPUT));
            addProducts(before(t), parameters.get(Cell.W));
            step.firstNorm.forward(pre, gain, shift, step.first);
            tanh(step.first);
            Rows.clear(step.attention);
            for (int s = 0; s < t; s++) {
                for (int j = 0; j < n; j++) {
                    Rows.addProduct(step.attention[s], step.first[j], all[s].h[j]);
                }
                for (int j = 0; j < n; j++) {
                    Rows.addProduct(pre[j], left(s, t), step.attention[s], all[s].h[j]);
                }
            }
            step.norm.forward(pre, gain, shift, step.h);
            tanh(step.h);
        }
        return all[steps - 1].h;
    }

    private void addProducts(float[][] rows, float[] weights) {
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < n; j++) {
                Rows.add(pre[j], weights[i * n + j], rows[i]);
            }
        }
    }

    private static void tanh(float[][] rows) {
        for (float[] row : rows) {
            Rows.tanh(row, row);
        }
    }

    @Override
    public Map<String, float[]> backward(Map<String, float[]> parameters, float[][] last) {
        float[] gain = parameters.get(FastWeightsCell.GAIN);
        float[] w = parameters.get(Cell.W);
        for (float[][] rows : new float[][][] {dInput, dw, dBias, dGain, dShift}) {
            Rows.clear(rows);
        }
        for (Step step : all) {
            Rows.clear(step.dh);
        }
        add(all[steps - 1].dh, last);
        for (int t = steps - 1; t >= 0; t--) {
            Step step = all[t];
            backThroughTanh(step.dh, step.h);
            step.norm.backward(step.dh, gain, dGain, dShift);
            Rows.clear(dPre);
            add(dPre, step.dh);
            Rows.clear(dFirst);
            for (int s = 0; s < t; s++) {
                backThroughAttention(step, all[s], s, left(s, t));
            }
            backThroughTanh(dFirst, step.first);
            step.firstNorm.backward(dFirst, gain, dGain, dShift);
            add(dPre, dFirst);
            add(dBias, dPre);
            addOuter(dInput, step.x);
            addOuter(dw, before(t));
            for (int i = 0; i < n && t > 0; i++) {
                for (int j = 0; j < n; j++) {
                    Rows.add(all[t - 1].dh[i], w[i * n + j], dPre[j]);
                }
            }
        }
        return Map.of(
                Cell.INPUT, Rows.sums(dInput),
                Cell.W, Rows.sums(dw),
                Cell.BIAS, Rows.sums(dBias),
                FastWeightsCell.GAIN, Rows.sums(dGain),
                FastWeightsCell.SHIFT, Rows.sums(dShift));
    }

    /** The gradient with respect to the step's second pre-activation is in its {@code dh}. */
    private void backThroughAttention(Step step, Step stored, int s, float left) {
        float[] dAttention = new float[rest[0].length];
        for (int j = 0; j < n; j++) {
            Rows.addProduct(dAttention, left, step.dh[j], stored.h[j]);
            Rows.addProduct(stored.dh[j], left, step.dh[j], step.attention[s]);
        }
        for (int j = 0; j < n; j++) {
            Rows.addProduct(dFirst[j], dAttention, stored.h[j]);
            Rows.addProduct(stored.dh[j], dAttention, step.first[j]);
        }
    }

    private static void backThroughTanh(float[][] d, float[][] y) {
        for (int j = 0; j < d.length; j++) {
            Rows.backThroughTanh(d[j], y[j]);
        }
    }

    private static void add(float[][] to, float[][] rows) {
        for (int j = 0; j < to.length; j++) {
            Rows.add(to[j], rows[j]);
        }
    }

    /** Adds {@code rows^T dPre}, of each sequence. */
    private void addOuter(float[][] to, float[][] rows) {
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < n; j++) {
                Rows.addProduct(to[i * n + j], rows[i], dPre[j]);
            }
        }
    }
}
