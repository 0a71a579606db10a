package org.plastic4j.cli;

/** What the user wants to compute on. */
public enum DeviceChoice {
    /** The processor. */
    CPU,
    /** A GPU: rejected where there is none that can be used. */
    CUDA,
    /** A GPU where there is one, else the processor. */
    AUTO
}
