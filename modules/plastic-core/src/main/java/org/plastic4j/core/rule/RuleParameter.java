package org.plastic4j.core.rule;

import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * What a plasticity rule has to learn besides w and alpha. A rule declares its own in {@link PlasticityRule#parameters}.
 *
 * @param key the name of its variable in graphs and checkpoints: small letters, digits and underscores, a letter first;
 *     none of the names that inputs and parameters of every plastic layer have
 * @param size how many values it has
 * @param initial how it begins
 */
public record RuleParameter(String key, Size size, Initial initial) {
    /** What every plastic layer has under these names. */
    private static final Set<String> LAYERS_OWN = Set.of("w", "alpha", "x", "drive", "y0", "hebb0", "eligibility0");

    /** Plasticity rate, [1]; how it begins is a setting of every layer. */
    public static final RuleParameter ETA = new RuleParameter("eta", Size.ONE, new Constant(0.01));
    /** m of the neuromodulator {@code M(t) = tanh(y(t) . m + c)}, [n]; its scale is a setting of every layer. */
    public static final RuleParameter MODULATOR_WEIGHTS =
            new RuleParameter("modulator_weights", Size.PER_NEURON, new Normal(0.1));
    /** c of the neuromodulator, [1]. */
    public static final RuleParameter MODULATOR_BIAS = new RuleParameter("modulator_bias", Size.ONE, new Constant(0));
    /** f of the rate {@code M(t) f[j] + g[j]} of connections to neuron j, [n]. */
    public static final RuleParameter FAN_OUT_WEIGHTS =
            new RuleParameter("fan_out_weights", Size.PER_NEURON, new Constant(1));
    /** g of that rate, [n]. */
    public static final RuleParameter FAN_OUT_BIAS =
            new RuleParameter("fan_out_bias", Size.PER_NEURON, new Constant(0));

    /** How many values a parameter has in a layer from m to n neurons. */
    public enum Size {
        /** One, shape [1]. */
        ONE,
        /** One for each post-synaptic neuron, shape [n]. */
        PER_NEURON,
        /** One for each connection, shape [m, n]. */
        PER_CONNECTION
    }

    /** The values that training starts from. */
    public sealed interface Initial permits Constant, Normal, Uniform {}

    /**
     * All alike.
     *
     * @param value finite
     */
    public record Constant(double value) implements Initial {
        /**
         * Checks the value.
         *
         * @param value finite
         */
        public Constant {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "RuleParameter: expected a finite initial value, found " + value + ".");
            }
        }
    }

    /**
     * Drawn from a normal distribution around 0.
     *
     * @param deviation the standard deviation, finite and not negative
     */
    public record Normal(double deviation) implements Initial {
        /**
         * Checks the standard deviation.
         *
         * @param deviation the standard deviation, finite and not negative
         */
        public Normal {
            if (!(deviation >= 0) || Double.isInfinite(deviation)) {
                throw new IllegalArgumentException(
                        "RuleParameter: expected a finite standard deviation that is not negative, found " + deviation
                                + ".");
            }
        }
    }

    /**
     * Drawn evenly from an interval.
     *
     * @param least its lower end, finite
     * @param most its upper end, finite and not below the lower one
     */
    public record Uniform(double least, double most) implements Initial {
        /**
         * Checks the ends.
         *
         * @param least its lower end, finite
         * @param most its upper end, finite and not below the lower one
         */
        public Uniform {
            if (!(least <= most) || Double.isInfinite(least) || Double.isInfinite(most)) {
                throw new IllegalArgumentException(
                        "RuleParameter: expected an interval of finite initial values, found " + least + " to " + most
                                + ".");
            }
        }
    }

    /**
     * Checks the key.
     *
     * @param key the name of its variable in graphs and checkpoints: small letters, digits and underscores, a
     *     letter first; neither w nor alpha, which every plastic layer has
     * @param size how many values it has
     * @param initial how it begins
     */
    public RuleParameter {
        Objects.requireNonNull(size, "size");
        Objects.requireNonNull(initial, "initial");
        RuleKeys.require("RuleParameter", key);
        if (LAYERS_OWN.contains(key)) {
            throw new IllegalArgumentException(
                    "RuleParameter: expected a key that no input or parameter of every layer has, found \"" + key
                            + "\".");
        }
    }

    /**
     * {@return the shape of its variable in a layer from m to n neurons}
     *
     * @param m neurons before the connections
     * @param n neurons behind them
     */
    public long[] shape(int m, int n) {
        return switch (size) {
            case ONE -> new long[] {1};
            case PER_NEURON -> new long[] {n};
            case PER_CONNECTION -> new long[] {m, n};
        };
    }

    /**
     * {@return how many values it has in a layer from m to n neurons}
     *
     * @param m neurons before the connections
     * @param n neurons behind them
     */
    public long length(int m, int n) {
        return LongStream.of(shape(m, n)).reduce(1, Math::multiplyExact);
    }
}
