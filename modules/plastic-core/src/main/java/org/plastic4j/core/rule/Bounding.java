package org.plastic4j.core.rule;

/** How additive Hebbian traces are kept within their bound. */
public enum Bounding {
    /** Cut off at the bound. */
    HARD,
    /** Ever smaller steps on the way to the bound. */
    SOFT
}
