package org.plastic4j.core.kernel.reference;

import java.util.Arrays;

/** How fast connections to each neuron change in a step: eta, or what the network's own signal M makes of it. */
final class PlasticityRates {
    private final RuleValues values;

    PlasticityRates(RuleValues values) {
        this.values = values;
    }

    /** {@code M = tanh(y . m + c)}. */
    double signal(double[] y) {
        double sum = values.modulatorBias[0];
        for (int j = 0; j < y.length; j++) {
            sum += y[j] * values.modulatorWeights[j];
        }
        return Math.tanh(sum);
    }

    /** The rate of each neuron j. */
    double[] of(double[] y) {
        double[] rate = new double[y.length];
        if (values.modulatorWeights == null) {
            Arrays.fill(rate, values.eta[0]);
            return rate;
        }
        double signal = signal(y);
        for (int j = 0; j < y.length; j++) {
            rate[j] = values.fanOutWeights == null ? signal : signal * values.fanOutWeights[j] + values.fanOutBias[j];
        }
        return rate;
    }

    /** From the gradient of the rates to that of y and of the parameters. */
    void back(double[] y, double[] rateGradient, double[] yGradient, RuleValues parameters) {
        if (values.modulatorWeights == null) {
            parameters.eta[0] += Arrays.stream(rateGradient).sum();
            return;
        }
        double signal = signal(y);
        double signalGradient = 0;
        for (int j = 0; j < y.length; j++) {
            if (values.fanOutWeights == null) {
                signalGradient += rateGradient[j];
            } else {
                signalGradient += rateGradient[j] * values.fanOutWeights[j];
                parameters.fanOutWeights[j] += rateGradient[j] * signal;
                parameters.fanOutBias[j] += rateGradient[j];
            }
        }
        signalBack(y, signal, signalGradient, yGradient, parameters);
    }

    /** From the gradient of M to that of y and of m and c. */
    void signalBack(double[] y, double signal, double signalGradient, double[] yGradient, RuleValues parameters) {
        double sumGradient = signalGradient * (1 - signal * signal);
        for (int j = 0; j < y.length; j++) {
            parameters.modulatorWeights[j] += sumGradient * y[j];
            yGradient[j] += sumGradient * values.modulatorWeights[j];
        }
        parameters.modulatorBias[0] += sumGradient;
    }
}
