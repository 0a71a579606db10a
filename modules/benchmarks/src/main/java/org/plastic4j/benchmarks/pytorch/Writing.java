package org.plastic4j.benchmarks.pytorch;

import java.util.Locale;

/** How a rule's step is written in PyTorch; all ways compute the same. */
public enum Writing {
    /** As the papers' equations read: the outer product of activities, times the rate. */
    EQUATION,
    /** The rate scales a vector before the product: one matrix less to keep for the gradient of the rate. */
    TUNED;

    /** What names it to processes of their own. */
    public static final String PROPERTY = "plastic4j.benchmark.pytorch";

    /** @return the way that this process was told, the first if none */
    public static Writing chosen() {
        return valueOf(System.getProperty(PROPERTY, EQUATION.name()).toUpperCase(Locale.ROOT));
    }

    /** @return its name on the command line */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
