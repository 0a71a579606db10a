package org.plastic4j.core.kernel.reference;

import java.util.Arrays;

/** How fast connections to each neuron change in a step: eta, or what the network's own signal M makes of it. */
final class PlasticityRates {
    private final RuleNumbers numbers;

    PlasticityRates(RuleNumbers numbers) {
        this.numbers = numbers;
    }

    /** {@code M = tanh(y . m + c)}. */
    double signal(double[] y) {
        double sum = numbers.modulatorBias[0];
        for (int j = 0; j < y.length; j++) {
            sum += y[j] * numbers.modulatorWeights[j];
        }
        return Math.tanh(sum);
    }

    /** The rate of each neuron j. */
    double[] of(double[] y) {
        double[] rate = new double[y.length];
        if (numbers.modulatorWeights == null) {
            Arrays.fill(rate, numbers.eta[0]);
            return rate;
        }
        double signal = signal(y);
        for (int j = 0; j < y.length; j++) {
            rate[j] =
                    numbers.fanOutWeights == null ? signal : signal * numbers.fanOutWeights[j] + numbers.fanOutBias[j];
        }
        return rate;
    }

    /** From the gradient of the rates to that of y and of the parameters. */
    void back(double[] y, double[] dRate, double[] dy, RuleNumbers parameters) {
        if (numbers.modulatorWeights == null) {
            parameters.eta[0] += Arrays.stream(dRate).sum();
            return;
        }
        double signal = signal(y);
        double dSignal = 0;
        for (int j = 0; j < y.length; j++) {
            if (numbers.fanOutWeights == null) {
                dSignal += dRate[j];
            } else {
                dSignal += dRate[j] * numbers.fanOutWeights[j];
                parameters.fanOutWeights[j] += dRate[j] * signal;
                parameters.fanOutBias[j] += dRate[j];
            }
        }
        signalBack(y, signal, dSignal, dy, parameters);
    }

    /** From the gradient of M to that of y and of m and c. */
    void signalBack(double[] y, double signal, double dSignal, double[] dy, RuleNumbers parameters) {
        double dSum = dSignal * (1 - signal * signal);
        for (int j = 0; j < y.length; j++) {
            parameters.modulatorWeights[j] += dSum * y[j];
            dy[j] += dSum * numbers.modulatorWeights[j];
        }
        parameters.modulatorBias[0] += dSum;
    }
}
