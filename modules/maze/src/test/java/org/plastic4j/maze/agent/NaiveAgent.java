package org.plastic4j.maze.agent;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The loss of a batch that was rollout, in doubles and in the plainest of loops, for the rule of the hard bound. */
final class NaiveAgent {
    private final SmallAgent agent;
    private final ActorCriticSettings settings;
    private final boolean isPlastic;
    private final double bound;
    final Map<String, double[]> parameters = new HashMap<>();

    NaiveAgent(SmallAgent agent, ActorCriticSettings settings, boolean isPlastic, double bound) {
        this.agent = agent;
        this.settings = settings;
        this.isPlastic = isPlastic;
        this.bound = bound;
        for (Map.Entry<String, INDArray> entry : agent.parameters.entrySet()) {
            float[] values = entry.getValue().dup('c').data().asFloat();
            double[] doubles = new double[values.length];
            for (int k = 0; k < values.length; k++) {
                doubles[k] = values[k];
            }
            parameters.put(entry.getKey(), doubles);
        }
    }

    double loss() {
        double loss = 0;
        for (int b = 0; b < SmallAgent.BATCH; b++) {
            loss += loss(b) / (SmallAgent.BATCH * SmallAgent.STEPS);
        }
        return loss;
    }

    private double loss(int b) {
        int n = SmallAgent.NEURONS;
        double[] y = new double[n];
        double[] hebb = new double[n * n];
        double loss = 0;
        for (int t = 0; t < SmallAgent.STEPS; t++) {
            int transition = t * SmallAgent.BATCH + b;
            double[] now = new double[n];
            for (int j = 0; j < n; j++) {
                double pre = drive(transition, j);
                for (int i = 0; i < n; i++) {
                    pre += y[i] * connection(i, j, hebb);
                }
                now[j] = Math.tanh(pre);
            }
            for (int i = 0; isPlastic && i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double next = hebb[i * n + j] + parameters.get("eta")[0] * y[i] * now[j];
                    hebb[i * n + j] = Math.max(-bound, Math.min(bound, next));
                }
            }
            y = now;
            loss += loss(transition, y);
        }
        return loss;
    }

    private double connection(int i, int j, double[] hebb) {
        int at = i * SmallAgent.NEURONS + j;
        double[] alpha = parameters.get("alpha");
        double plastic = isPlastic ? alpha[alpha.length == 1 ? 0 : at] * hebb[at] : 0;
        return parameters.get("w")[at] + plastic;
    }

    private double drive(int transition, int j) {
        int inputs = agent.shape.inputs();
        double drive = 0;
        for (int i = 0; i < inputs; i++) {
            drive +=
                    agent.rollout.inputs[transition * inputs + i] * parameters.get("input")[i * SmallAgent.NEURONS + j];
        }
        return drive;
    }

    private double loss(int transition, double[] y) {
        int actions = agent.shape.actions();
        double[] p = new double[actions];
        double sum = 0;
        for (int a = 0; a < actions; a++) {
            double logit = parameters.get("policy_bias")[a];
            for (int k = 0; k < y.length; k++) {
                logit += y[k] * parameters.get("policy")[k * actions + a];
            }
            p[a] = Math.exp(logit);
            sum += p[a];
        }
        double spread = 0;
        for (int a = 0; a < actions; a++) {
            p[a] /= sum;
            spread += settings.spreading() == ActorCriticSettings.EntropyRegularisation.SQUARES
                    ? p[a] * p[a]
                    : p[a] * Math.log(p[a]);
        }
        double value = parameters.get("value_bias")[0];
        for (int k = 0; k < y.length; k++) {
            value += y[k] * parameters.get("value")[k];
        }
        double missed = agent.returns[transition] - value;
        return -Math.log(p[agent.rollout.actions[transition]]) * agent.advantages[transition]
                + settings.valueCoefficient() * missed * missed
                + settings.spreadingCoefficient() * spread;
    }
}
