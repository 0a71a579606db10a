package org.plastic4j.core.accelerator;

import java.util.Optional;

/**
 * Where fused lifetimes of type FLOAT are computed in this program: on an accelerator, or, as from the beginning, by the
 * CPU. Steps outside of graphs and doubles stay with the CPU.
 */
public final class LifetimeDevice {
    private static volatile LifetimeAccelerator accelerator;

    private LifetimeDevice() {}

    /**
     * Graphs compute their lifetimes there from now on.
     *
     * @param device empty for the CPU
     */
    public static void use(Optional<LifetimeAccelerator> device) {
        accelerator = device.orElse(null);
    }

    /** {@return the accelerator in use} */
    public static Optional<LifetimeAccelerator> accelerator() {
        return Optional.ofNullable(accelerator);
    }
}
