package org.plastic4j.core.kernel.reference;

/**
 * One lifetime's traces, or gradients of them, in C order.
 *
 * @param hebb [n, n]
 * @param eligibility [n, n]; null where the rule has none
 */
record PlainTraces(double[] hebb, double[] eligibility) {
    PlainTraces copy() {
        return new PlainTraces(hebb.clone(), eligibility == null ? null : eligibility.clone());
    }
}
