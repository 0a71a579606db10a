package org.plastic4j.associativeretrieval;

import java.util.Map;

/** One sequence of each cell in plain double, as its equations say and nothing else. Gives the outputs of the last step. */
final class ByHand {
    private ByHand() {}

    /**
     * {@code G = W + F; y = tanh(v G / norm + b); F <- lambda F / norm + gamma v y}.
     *
     * @param x [T][m]
     */
    static double[] stpn(Map<String, double[]> parameters, double[][] x, int n) {
        double[] y = new double[n];
        int inputs = x[0].length + n;
        double[][] f = new double[inputs][n];
        for (double[] now : x) {
            double[] v = new double[inputs];
            System.arraycopy(now, 0, v, 0, now.length);
            System.arraycopy(y, 0, v, now.length, n);
            double[] next = new double[n];
            for (int j = 0; j < n; j++) {
                double squares = 0;
                double product = 0;
                for (int i = 0; i < inputs; i++) {
                    double g = parameters.get("w")[i * n + j] + f[i][j];
                    squares += g * g;
                    product += v[i] * g;
                }
                double norm = Math.sqrt(squares);
                next[j] = Math.tanh(product / norm + parameters.get("bias")[j]);
                for (int i = 0; i < inputs; i++) {
                    f[i][j] = parameters.get("decay")[i * n + j] * f[i][j] / norm
                            + parameters.get("rate")[i * n + j] * v[i] * next[j];
                }
            }
            y = next;
        }
        return y;
    }

    /** {@code A <- decay A + rate h h; h = tanh(LN(pre + tanh(LN(pre)) A))}, from no fast weights. */
    static double[] fastWeights(Map<String, double[]> parameters, double[][] x, int n, double decay, double rate) {
        double[] h = new double[n];
        double[][] a = new double[n][n];
        for (double[] now : x) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    a[i][j] = decay * a[i][j] + rate * h[i] * h[j];
                }
            }
            double[] pre = parameters.get("bias").clone();
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < now.length; k++) {
                    pre[j] += now[k] * parameters.get("input")[k * n + j];
                }
                for (int i = 0; i < n; i++) {
                    pre[j] += h[i] * parameters.get("w")[i * n + j];
                }
            }
            double[] first = tanhOfNormal(pre, parameters);
            double[] second = pre.clone();
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < n; i++) {
                    second[j] += first[i] * a[i][j];
                }
            }
            h = tanhOfNormal(second, parameters);
        }
        return h;
    }

    private static double[] tanhOfNormal(double[] pre, Map<String, double[]> parameters) {
        int n = pre.length;
        double mean = 0;
        for (double value : pre) {
            mean += value / n;
        }
        double variance = 0;
        for (double value : pre) {
            variance += (value - mean) * (value - mean) / n;
        }
        double[] y = new double[n];
        for (int j = 0; j < n; j++) {
            y[j] = Math.tanh(parameters.get("gain")[j] * (pre[j] - mean) / Math.sqrt(variance)
                    + parameters.get("shift")[j]);
        }
        return y;
    }

    /** {@code y = tanh(x Win + b + y (W + alpha H)); H <- clip(H + tanh(y m + c) x y)}; without alpha an Elman network. */
    static double[] neuromodulated(Map<String, double[]> parameters, double[][] x, int n) {
        double[] y = new double[n];
        double[][] h = new double[n][n];
        for (double[] now : x) {
            double[] next = parameters.get("bias").clone();
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < now.length; k++) {
                    next[j] += now[k] * parameters.get("input")[k * n + j];
                }
                for (int i = 0; i < n; i++) {
                    double plastic =
                            parameters.containsKey("alpha") ? parameters.get("alpha")[i * n + j] * h[i][j] : 0;
                    next[j] += y[i] * (parameters.get("w")[i * n + j] + plastic);
                }
                next[j] = Math.tanh(next[j]);
            }
            if (parameters.containsKey("alpha")) {
                double signal = parameters.get("modulator_bias")[0];
                for (int j = 0; j < n; j++) {
                    signal += next[j] * parameters.get("modulator_weights")[j];
                }
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        h[i][j] = Math.max(-1, Math.min(1, h[i][j] + Math.tanh(signal) * y[i] * next[j]));
                    }
                }
            }
            y = next;
        }
        return y;
    }

    /**
     * Deeplearning4j's blocks in the columns: candidate, forget gate, output gate, input gate.
     *
     * <p>{@code c <- sigmoid(f) c + sigmoid(i) tanh(a); h = sigmoid(o) tanh(c)}.
     */
    static double[] lstm(Map<String, double[]> parameters, double[][] x, int n) {
        double[] h = new double[n];
        double[] c = new double[n];
        for (double[] now : x) {
            double[] pre = parameters.get("bias").clone();
            for (int j = 0; j < 4 * n; j++) {
                for (int k = 0; k < now.length; k++) {
                    pre[j] += now[k] * parameters.get("input")[k * 4 * n + j];
                }
                for (int i = 0; i < n; i++) {
                    pre[j] += h[i] * parameters.get("recurrent")[i * 4 * n + j];
                }
            }
            double[] next = new double[n];
            for (int j = 0; j < n; j++) {
                c[j] = sigmoid(pre[n + j]) * c[j] + sigmoid(pre[3 * n + j]) * Math.tanh(pre[j]);
                next[j] = sigmoid(pre[2 * n + j]) * Math.tanh(c[j]);
            }
            h = next;
        }
        return h;
    }

    private static double sigmoid(double value) {
        return 1 / (1 + Math.exp(-value));
    }

    /** The softmax readout. */
    static double[] probabilities(Map<String, double[]> parameters, double[] y) {
        double[] weights = parameters.get("readout");
        double[] logits = parameters.get("readout_bias").clone();
        double sum = 0;
        for (int k = 0; k < logits.length; k++) {
            for (int j = 0; j < y.length; j++) {
                logits[k] += y[j] * weights[j * logits.length + k];
            }
            logits[k] = Math.exp(logits[k]);
            sum += logits[k];
        }
        for (int k = 0; k < logits.length; k++) {
            logits[k] /= sum;
        }
        return logits;
    }
}
