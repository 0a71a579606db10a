package org.plastic4j.core.cell;

import java.util.Objects;
import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.core.rule.KernelFamily;
import org.plastic4j.core.rule.Oja;
import org.plastic4j.core.rule.PlasticityRule;

/**
 * A plastic classifier of n classes behind m inputs, which may come from any network. At step t = 1 .. T of a lifetime
 *
 * <pre>
 * y(t)    = softmax(x(t) (W + alpha * H(t)) + drive(t))
 * H(t+1)  = rule(H(t), x = x(t), y = y(t))
 * </pre>
 *
 * with row vectors x and y, W[i, j] the connection from input i to class j, * elementwise. A drive of, say, 1000 at one
 * class clamps the output to it: so are labels given (Miconi, Clune and Stanley, ICML 2018, the Omniglot task). W, alpha
 * and eta persist and are trained; H begins afresh in every lifetime.
 *
 * @param inputs m, at least 1
 * @param outputs n, at least 1; m n is at most {@link #MOST_CONNECTIONS}
 * @param alpha per connection, shared, or absent for a readout that is not plastic
 * @param rule how the trace H changes, {@link DecayingHebb} or {@link Oja}; of no effect where alpha is absent
 */
public record PlasticReadout(int inputs, int outputs, Alpha alpha, PlasticityRule rule) implements PlasticLayer {
    /** The largest matrix [m, n] that surely fits into one array of Java. */
    public static final int MOST_CONNECTIONS = Integer.MAX_VALUE - 8;

    /**
     * Checks the sizes and the rule.
     *
     * @param inputs m, at least 1
     * @param outputs n, at least 1; m n is at most {@link #MOST_CONNECTIONS}
     * @param alpha per connection, shared, or absent for a readout that is not plastic
     * @param rule how the trace H changes, {@link DecayingHebb} or {@link Oja}; of no effect where alpha is absent
     */
    public PlasticReadout {
        Objects.requireNonNull(alpha, "alpha");
        Objects.requireNonNull(rule, "rule");
        if (inputs < 1 || outputs < 1 || (long) inputs * outputs > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    "PlasticReadout: expected at least 1 input, at least 1 output and at most " + MOST_CONNECTIONS
                            + " connections, found " + inputs + " inputs and " + outputs + " outputs.");
        }
        if (!KernelFamily.decays(rule)) {
            throw new IllegalArgumentException("PlasticReadout: expected the rule " + new DecayingHebb().key() + " or "
                    + new Oja().key() + ", found " + rule.key() + ".");
        }
    }
}
