package org.plastic4j.core.rule;

/** How additive Hebbian traces are bounded. */
public enum Bounding {
    /** Clipped at the bound. */
    HARD,
    /** Ever smaller steps on the way to the bound. */
    SOFT
}
