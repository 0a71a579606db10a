package org.plastic4j.maze.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.lifetime.RecordedLifetime;

/**
 * The agent while it learns: a graph in which recorded episodes are recomputed, for the gradient of the loss of {@link
 * ActorCriticSettings}. The plastic layer gets the drives that were recorded, so that it does what it did; the gradient of
 * the input weights is that of the drives, times what was sensed.
 */
final class Learner {
    private static final String DRIVE = "drive";
    private static final String OUTPUTS = "outputs";
    private static final String CHOSEN = "chosen";
    private static final String RETURN = "return";
    private static final String ADVANTAGE = "advantage";
    private static final String LARGEST = "largest";
    private static final String LOSS = "loss";
    static final String PROBABILITIES = "probabilities";
    static final String VALUES = "values";

    private final Shape shape;
    private final SameDiff graph = SameDiff.create();
    private final List<String> differentiated = new ArrayList<>();

    /**
     * What was learned from a batch; the arrays are the caller's to close.
     *
     * @param loss the loss
     * @param gradients of all parameters
     */
    record LossAndGradients(double loss, Map<String, INDArray> gradients) {}

    /**
     * @param parameters all of the agent's; the graph uses these very arrays, except the input weights, which it has no
     *     use for
     */
    Learner(
            PlasticCell cell,
            Shape shape,
            Lifetime lifetime,
            ActorCriticSettings settings,
            Map<String, INDArray> parameters) {
        this.shape = shape;
        int transitions = shape.transitions();
        SDVariable drive = graph.placeHolder(DRIVE, DataType.FLOAT, shape.steps(), shape.batch(), shape.neurons());
        SDVariable chosen = graph.placeHolder(CHOSEN, DataType.FLOAT, transitions, shape.actions());
        SDVariable gained = graph.placeHolder(RETURN, DataType.FLOAT, transitions, 1);
        SDVariable largest = graph.placeHolder(LARGEST, DataType.FLOAT, transitions, 1);
        SDVariable advantage = graph.placeHolder(ADVANTAGE, DataType.FLOAT, transitions, 1);
        PlasticParameters plastic = PlasticParameters.create(graph, cell, parameters);
        SDVariable y = life(lifetime, cell, plastic, drive).reshape(transitions, shape.neurons());

        // One product for both heads reads y once.
        SDVariable weights =
                graph.concat(1, head(AgentParameters.POLICY, parameters), head(AgentParameters.VALUE, parameters));
        SDVariable biases = graph.concat(
                0, head(AgentParameters.POLICY_BIAS, parameters), head(AgentParameters.VALUE_BIAS, parameters));
        SDVariable heads = y.mmul(weights).add(biases);
        SDVariable logits = graph.slice(heads, new int[] {0, 0}, transitions, shape.actions());
        SDVariable values = graph.slice(heads, new int[] {0, shape.actions()}, transitions, 1)
                .rename(VALUES);
        // ND4J's own ops for this, logSoftmax and logSumExp, cannot be differentiated. The largest logit is a constant,
        // which
        // makes no difference but keeps exp from overflowing.
        SDVariable shifted = logits.sub(largest);
        SDVariable logarithms =
                shifted.sub(graph.math().log(graph.math().exp(shifted).sum(true, 1)));
        SDVariable probabilities = graph.math().exp(logarithms).rename(PROBABILITIES);
        SDVariable actor =
                logarithms.mul(chosen).sum(true, 1).mul(advantage).mean().neg();
        SDVariable missed = gained.sub(values);
        SDVariable critic = missed.mul(missed).mean();
        SDVariable concentration = switch (settings.spreading()) {
            case ENTROPY -> probabilities.mul(logarithms).sum(true, 1).mean();
            case SQUARES -> probabilities.mul(probabilities).sum(true, 1).mean();
        };
        actor.add(critic.mul(settings.valueCoefficient()))
                .add(concentration.mul(settings.spreadingCoefficient()))
                .rename(LOSS)
                .markAsLoss();

        parameters.keySet().stream()
                .filter(name -> !name.equals(AgentParameters.INPUT))
                .forEach(differentiated::add);
        differentiated.add(DRIVE);
        graph.createGradFunction(DRIVE);
    }

    /** The fused execution would only repeat what the agent did: there its outputs are taken as they were. */
    private SDVariable life(Lifetime lifetime, PlasticCell cell, PlasticParameters plastic, SDVariable drive) {
        SDVariable rollout = graph.placeHolder(OUTPUTS, DataType.FLOAT, shape.steps(), shape.batch(), shape.neurons());
        return lifetime instanceof FusedLifetime
                ? new RecordedLifetime().build(graph, "life", cell, plastic, drive, rollout)
                : lifetime.build(graph, "life", cell, plastic, LifetimeInputs.driven(drive))
                        .y();
    }

    private SDVariable head(String name, Map<String, INDArray> parameters) {
        return graph.var(name, parameters.get(name));
    }

    /** The array that the graph uses for a parameter. */
    INDArray array(String parameter) {
        return graph.getVariable(parameter).getArr();
    }

    /**
     * @param rollout a batch of episodes
     * @param returns [T, B]
     * @param advantages [T, B], constants
     */
    LossAndGradients learn(Rollout rollout, float[] returns, float[] advantages) {
        try (INDArray chosen = chosen(rollout.actions);
                INDArray gained = column(returns);
                INDArray largest = column(rollout.largest);
                INDArray advantage = column(advantages)) {
            OutAndGrad result = graph.calculateGradientsAndOutputs(
                    Map.of(
                            DRIVE, rollout.drives(),
                            OUTPUTS, rollout.outputs(),
                            CHOSEN, chosen,
                            RETURN, gained,
                            LARGEST, largest,
                            ADVANTAGE, advantage),
                    List.of(LOSS),
                    differentiated);
            Map<String, INDArray> gradients = new LinkedHashMap<>(result.getGradients());
            try (INDArray drives = gradients.remove(DRIVE);
                    INDArray loss = result.getOutputs().get(LOSS)) {
                gradients.put(AgentParameters.INPUT, ofInputWeights(rollout.inputs, drives));
                return new LossAndGradients(loss.getDouble(0), gradients);
            }
        }
    }

    /** {@code dWin = sum over all transitions of input^T dDrive}. */
    private INDArray ofInputWeights(float[] inputs, INDArray drives) {
        try (INDArray sensed = Nd4j.createFromArray(inputs)) {
            return Nd4j.gemm(
                    sensed.reshape('c', shape.transitions(), shape.inputs()),
                    drives.reshape('c', shape.transitions(), shape.neurons()),
                    true,
                    false);
        }
    }

    private static INDArray column(float[] values) {
        return Nd4j.createFromArray(values).reshape('c', values.length, 1);
    }

    private INDArray chosen(int[] actions) {
        float[] marks = new float[actions.length * shape.actions()];
        for (int k = 0; k < actions.length; k++) {
            marks[k * shape.actions() + actions[k]] = 1;
        }
        return Nd4j.createFromArray(marks).reshape('c', actions.length, shape.actions());
    }

    /** Policy and value as the graph has them, for comparison: {@link #PROBABILITIES} [T B, actions], {@link #VALUES} [T B, 1]. */
    Map<String, INDArray> answers(Rollout rollout) {
        try (INDArray largest = column(rollout.largest)) {
            return graph.output(
                    Map.of(DRIVE, rollout.drives(), OUTPUTS, rollout.outputs(), LARGEST, largest),
                    PROBABILITIES,
                    VALUES);
        }
    }
}
