package org.plastic4j.core.kernel.vector;

import org.plastic4j.core.kernel.KernelChoice;
import org.plastic4j.core.kernel.KernelOptions;
import org.plastic4j.core.kernel.LifetimeKernel;
import org.plastic4j.core.rule.KernelFamily;
import org.plastic4j.core.spec.LifetimeSpec;

/**
 * The fast kernel, for float: vectorised, multi-threaded, and within the memory of a few matrices. Rules are compiled; of
 * those whose traces only decay, and so large that a step's pass waits for memory, updates are deferred instead.
 */
public final class VectorKernel extends KernelChoice {
    private final int deferredNeurons = KernelOptions.deferredNeurons();
    private final LifetimeKernel compiled = new CompiledKernel();
    private final LifetimeKernel deferred = new DeferredKernel();

    @Override
    public String toString() {
        return "vectors of " + VectorForward.LANES.vectorBitSize() + " bits";
    }

    @Override
    protected LifetimeKernel of(LifetimeSpec spec) {
        return spec.isPlastic() && (spec.layer().outputs() < deferredNeurons || !KernelFamily.decays(spec.rule()))
                ? compiled
                : deferred;
    }
}
