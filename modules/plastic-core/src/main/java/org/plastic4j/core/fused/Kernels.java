package org.plastic4j.core.fused;

import org.nd4j.linalg.api.buffer.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which kernel computes which type. */
final class Kernels {
    private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);
    /** By name, since this class cannot be loaded where the JVM runs without the Vector API. */
    private static final String VECTOR_KERNEL = "org.plastic4j.core.fused.VectorKernel";

    private static final LifetimeKernel PLAIN = new PlainKernel();
    private static final LifetimeKernel FAST = fast();

    private Kernels() {}

    static LifetimeKernel forType(DataType type) {
        return type == DataType.FLOAT ? FAST : PLAIN;
    }

    private static LifetimeKernel fast() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            LOG.warn("Lifetimes run in plain loops, many times slower: start Java with"
                    + " --add-modules jdk.incubator.vector for the fast kernel.");
            return PLAIN;
        }
        try {
            return (LifetimeKernel)
                    Class.forName(VECTOR_KERNEL).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The vector kernel is missing from this build of plastic-core.", e);
        }
    }
}
