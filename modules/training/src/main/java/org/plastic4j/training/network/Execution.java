package org.plastic4j.training.network;

import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.core.lifetime.UnrolledLifetime;
import org.plastic4j.training.Device;
import org.plastic4j.training.config.InvalidSetting;

/** How lifetimes are executed; all ways compute the same. */
public enum Execution {
    /** The fused one where it can be had, else the unrolled one. */
    AUTO,
    /** One op for the whole lifetime, on the CPU. */
    FUSED,
    /** The definition in plain ops: slow and large, for any device. */
    UNROLLED;

    /**
     * @param setting the whole path of this setting, for the rejection
     * @param steps the lifetimes' length
     * @param device where ND4J computes
     * @return the execution
     * @throws InvalidSetting if it cannot be had on this device
     */
    public Lifetime on(String setting, int steps, Device device) {
        return isFused(setting, device) ? new FusedLifetime() : new UnrolledLifetime(steps);
    }

    /**
     * @param setting the whole path of this setting, for the rejection
     * @param device where ND4J computes
     * @return whether it is the fused one
     * @throws InvalidSetting if it cannot be had on this device
     */
    public boolean isFused(String setting, Device device) {
        if (this == FUSED && device != Device.CPU) {
            throw new InvalidSetting(setting, "auto or unrolled on a GPU", "fused");
        }
        return this != UNROLLED && device == Device.CPU;
    }
}
