package org.plastic4j.training;

/** What the arithmetic runs on. */
public enum Device {
    /** The processor. */
    CPU,
    /** An NVIDIA graphics card. */
    CUDA
}
