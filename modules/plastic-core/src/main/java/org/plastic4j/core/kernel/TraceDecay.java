package org.plastic4j.core.kernel;

import org.plastic4j.core.rule.KernelFamily;
import org.plastic4j.core.rule.PlasticityRule;

/**
 * The kernels' view of a rule. Both rules are of the form
 *
 * <pre>H'[i, j] = decay[j] H[i, j] + x[i] strength[j],    decay[j] = 1 - eta q(y[j]),    strength[j] = eta y[j]</pre>
 *
 * and differ in q alone: 1 for the decaying trace, y^2 for Oja's rule.
 */
public enum TraceDecay {
    CONSTANT,
    OUTPUT_SQUARED;

    /** Of a rule whose trace decays. */
    public static TraceDecay of(PlasticityRule rule) {
        return KernelFamily.required(rule) == KernelFamily.OJA ? OUTPUT_SQUARED : CONSTANT;
    }

    /** q(y): how much of eta the trace decays by. */
    public double decay(double y) {
        return this == CONSTANT ? 1 : y * y;
    }

    /** dq/dy. */
    public double fadeSlope(double y) {
        return this == CONSTANT ? 0 : 2 * y;
    }
}
