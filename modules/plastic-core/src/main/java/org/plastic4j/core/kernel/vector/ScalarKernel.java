package org.plastic4j.core.kernel.vector;

import org.plastic4j.core.kernel.KernelChoice;
import org.plastic4j.core.kernel.LifetimeKernel;
import org.plastic4j.core.kernel.reference.ReferenceKernel;
import org.plastic4j.core.spec.LifetimeSpec;

/** The kernel for float where the Vector API is not there or slow: rules compiled to flat loops. */
public final class ScalarKernel extends KernelChoice {
    private final LifetimeKernel plastic = new CompiledKernel();
    private final LifetimeKernel fixed = new ReferenceKernel();

    @Override
    public String toString() {
        return "plain loops";
    }

    @Override
    protected LifetimeKernel of(LifetimeSpec spec) {
        return spec.isPlastic() ? plastic : fixed;
    }
}
