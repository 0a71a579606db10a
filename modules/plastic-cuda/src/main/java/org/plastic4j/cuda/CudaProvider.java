package org.plastic4j.cuda;

import org.plastic4j.core.accelerator.LifetimeAccelerator;

/** Finds the GPU for programs that choose {@code cuda}. */
public final class CudaProvider implements LifetimeAccelerator.Provider {
    @Override
    public String key() {
        return "cuda";
    }

    @Override
    public LifetimeAccelerator open() throws LifetimeAccelerator.Unavailable {
        return new CudaLifetimes(CudaDevice.open());
    }
}
