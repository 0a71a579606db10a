package org.plastic4j.experiment;

/** What the arithmetic runs on. */
public enum Device {
    /** The processor. */
    CPU,
    /** An NVIDIA graphics card. */
    CUDA
}
