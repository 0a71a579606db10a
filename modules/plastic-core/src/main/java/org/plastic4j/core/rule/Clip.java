package org.plastic4j.core.rule;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Bounds of traces in a graph. */
final class Clip {
    private Clip() {}

    /** @throws IllegalArgumentException if a bound is not a positive number */
    static double requireBound(double bound) {
        if (!(bound > 0) || Double.isInfinite(bound)) {
            throw new IllegalArgumentException(
                    "Plasticity rule: expected a finite bound above 0, found " + bound + ".");
        }
        return bound;
    }

    /**
     * {@code min(max(trace, -bound), bound)}, whose gradient passes where the trace lies within the bounds, on them
     * included: a trace that rests at its bound can still be moved away from it. ND4J's own op stops it there.
     */
    static SDVariable clip(SDVariable trace, double bound) {
        SameDiff graph = trace.getSameDiff();
        SDVariable within = graph.math().abs(trace).lte(bound).castTo(trace.dataType());
        SDVariable limit = graph.math().sign(trace).mul(bound);
        return within.mul(trace).add(within.rsub(1.0).mul(limit));
    }
}
