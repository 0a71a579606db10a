package org.plastic4j.core.cell;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.graph.Draw;
import org.plastic4j.core.rule.RuleParameter;

/**
 * How the parameters begin: {@code w ~ weightScale N(0, 1)}, {@code alpha ~ alphaScale N(0, 1)}, eta as given. Where
 * the rule is neuromodulated, {@code m ~ modulatorScale N(0, 1)}. What else a rule learns begins as its {@link
 * RuleParameter} says: c = 0; fan-out without effect, f = 1 and g = 0.
 *
 * @param weightScale standard deviation of w, not negative
 * @param alphaScale standard deviation of alpha, not negative
 * @param eta the plasticity rate that training starts from, not negative
 * @param modulatorScale standard deviation of m, not negative
 */
public record Initialisation(double weightScale, double alphaScale, double eta, double modulatorScale) {
    private static final double DEFAULT_MODULATOR_SCALE = 0.1;

    /**
     * Checks that all are finite and not negative.
     *
     * @param weightScale standard deviation of w, not negative
     * @param alphaScale standard deviation of alpha, not negative
     * @param eta the plasticity rate that training starts from, not negative
     * @param modulatorScale standard deviation of m, not negative
     */
    public Initialisation {
        check("weightScale", weightScale);
        check("alphaScale", alphaScale);
        check("eta", eta);
        check("modulatorScale", modulatorScale);
    }

    /**
     * With m of standard deviation 0.1, for the rules that have it.
     *
     * @param weightScale standard deviation of w
     * @param alphaScale standard deviation of alpha
     * @param eta eta to begin with
     */
    public Initialisation(double weightScale, double alphaScale, double eta) {
        this(weightScale, alphaScale, eta, DEFAULT_MODULATOR_SCALE);
    }

    private static void check(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "Initialisation: expected a finite " + name + " that is not negative, found " + value + ".");
        }
    }

    /**
     * Draws the parameters of a layer. The same seed gives the same values, whatever the backend.
     *
     * @param layer what the layer is
     * @param type of the values: FLOAT or DOUBLE
     * @param seed of the random numbers
     * @return w [m, n], and where the layer is plastic alpha ([m, n] or [1]) and what its rule learns ([n] or [1]), by
     *     these names in this order; a recurrent layer has m = n
     * @throws IllegalArgumentException if eta lies past what makes sense for the layer's rule
     */
    public Map<String, INDArray> draw(PlasticLayer layer, DataType type, long seed) {
        if (layer.isPlastic() && eta > layer.rule().largestInitialEta()) {
            throw new IllegalArgumentException(
                    "Initialisation: expected eta from 0 to " + layer.rule().largestInitialEta() + " for rule "
                            + layer.rule().key() + ", found " + eta + ".");
        }
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int m = layer.inputs();
        int n = layer.outputs();
        Map<String, INDArray> drawn = new LinkedHashMap<>();
        drawn.put(PlasticParameters.W, normal(random, weightScale, type, m, n));
        if (layer.isPlastic()) {
            long[] shape = layer.alpha() == Alpha.SHARED ? new long[] {1} : new long[] {m, n};
            drawn.put(PlasticParameters.ALPHA, normal(random, alphaScale, type, shape));
        }
        for (RuleParameter parameter : layer.ruleParameters()) {
            drawn.put(parameter.key(), first(parameter, random, type, parameter.shape(m, n)));
        }
        return drawn;
    }

    private INDArray first(RuleParameter parameter, RandomGenerator random, DataType type, long... shape) {
        if (parameter.equals(RuleParameter.ETA)) {
            return Nd4j.valueArrayOf(shape, eta, type);
        } else if (parameter.equals(RuleParameter.MODULATOR_WEIGHTS)) {
            return normal(random, modulatorScale, type, shape);
        } else if (parameter.initial() instanceof RuleParameter.Normal normal) {
            return normal(random, normal.deviation(), type, shape);
        } else if (parameter.initial() instanceof RuleParameter.Uniform uniform) {
            return Draw.uniform(uniform.least(), uniform.most(), random, type, shape);
        }
        return Nd4j.valueArrayOf(shape, ((RuleParameter.Constant) parameter.initial()).value(), type);
    }

    private static INDArray normal(RandomGenerator random, double scale, DataType type, long... shape) {
        return Draw.array(() -> scale * random.nextGaussian(), type, shape);
    }
}
