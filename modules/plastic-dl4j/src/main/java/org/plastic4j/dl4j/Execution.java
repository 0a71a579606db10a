package org.plastic4j.dl4j;

/** How lifetimes are executed; both ways compute the same. */
public enum Execution {
    /** One op for the whole lifetime; on the CPU only. */
    FUSED,
    /** The definition in plain ops: slow and large, on any backend. A graph is built for every length. */
    UNROLLED
}
