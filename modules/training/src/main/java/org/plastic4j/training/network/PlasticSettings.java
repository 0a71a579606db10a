package org.plastic4j.training.network;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.training.Decimals;
import org.plastic4j.training.Device;
import org.plastic4j.training.config.InvalidSetting;
import org.plastic4j.training.config.Require;

/**
 * A plastic layer: what it is, how it begins and how it is executed.
 *
 * @param alpha a plasticity coefficient per connection, one shared by all, or absent for a network without plasticity
 * @param rule how Hebbian traces change: one of {@link RuleNames#all}
 * @param bound what traces are kept within, for the rules that have a bound; 1 where it is empty
 * @param initial how the initial fixed weights and plasticity coefficients are distributed; normally where it is empty
 * @param weightScale standard deviation of the initial fixed weights, or the largest of them
 * @param alphaScale standard deviation of the initial plasticity coefficients, or the largest of them
 * @param eta initial plasticity rate, for the rules that have one
 * @param execution how lifetimes are executed
 */
public record PlasticSettings(
        Alpha alpha,
        String rule,
        Optional<Double> bound,
        Optional<Initial> initial,
        double weightScale,
        double alphaScale,
        double eta,
        Execution execution) {
    /** How initial values are distributed. */
    public enum Initial {
        /** Normally around 0; the scale is the standard deviation. */
        NORMAL,
        /** Uniformly from 0 to the scale. */
        UNIFORM
    }

    /** Checks the settings. */
    public PlasticSettings {
        RuleNames.require("rule", rule);
        PlasticityRule usual = RuleNames.rule(rule);
        bound.ifPresent(value -> {
            boolean bounded = Double.isFinite(usual.bound());
            Require.that("bound", value, bounded, "none for the rule " + rule + ", which has none");
            Require.positive("bound", value);
        });
        Require.notNegative("weightScale", weightScale);
        Require.notNegative("alphaScale", alphaScale);
        Require.notNegative("eta", eta);
        double largest = usual.largestInitialEta();
        Require.that(
                "eta",
                eta,
                eta <= largest,
                String.format(
                        Locale.ROOT,
                        "a number from 0 to %s to begin the rule %s with",
                        Decimals.shortest(largest),
                        rule));
    }

    /**
     * @param neurons the layer's size
     * @return the layer
     */
    public PlasticCell cell(int neurons) {
        return new PlasticCell(neurons, alpha, RuleNames.rule(rule, bound.orElse(RuleNames.USUAL_BOUND)));
    }

    /**
     * @param setting the whole path of the setting {@code execution}, for the rejection
     * @param steps the lifetimes' length
     * @param device where ND4J computes
     * @return how lifetimes are executed
     * @throws InvalidSetting if what the setting asks for cannot be had on this device
     */
    public Lifetime lifetime(String setting, int steps, Device device) {
        return execution.on(setting, steps, device);
    }

    /** @return the same network without plasticity */
    public PlasticSettings withoutPlasticity() {
        return new PlasticSettings(Alpha.ABSENT, rule, bound, initial, weightScale, alphaScale, eta, execution);
    }

    /**
     * Draws the parameters that training starts from. The same seed gives the same ones.
     *
     * @param cell the layer
     * @param seed where they come from
     * @return w [n, n] and, where the layer is plastic, alpha ([n, n] or [1]) and what its rule learns
     */
    public Map<String, INDArray> draw(PlasticCell cell, long seed) {
        Map<String, INDArray> drawn = new Initialisation(weightScale, alphaScale, eta).draw(cell, DataType.FLOAT, seed);
        if (initial.equals(Optional.of(Initial.UNIFORM))) {
            // Another source than that of the other parameters, which have theirs from the seed itself.
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(~seed);
            fill(drawn.get(PlasticParameters.W), weightScale, random);
            if (cell.isPlastic()) {
                fill(drawn.get(PlasticParameters.ALPHA), alphaScale, random);
            }
        }
        return drawn;
    }

    private static void fill(INDArray array, double largest, RandomGenerator random) {
        float[] values = new float[Math.toIntExact(array.length())];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) (largest * random.nextDouble());
        }
        try (INDArray drawn = Nd4j.createFromArray(values)) {
            array.assign(drawn.reshape('c', array.shape()));
        }
    }
}
