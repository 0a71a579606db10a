package org.plastic4j.core.fused;

import org.nd4j.linalg.api.buffer.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which kernels compute which type. */
final class Kernels {
    private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);
    /** By name, since this class cannot be loaded where the JVM runs without the Vector API. */
    private static final String VECTOR_KERNEL = "org.plastic4j.core.fused.VectorKernel";

    private static final String VECTOR_CONVOLUTION = "org.plastic4j.core.fused.VectorConvolution";

    private static final LifetimeKernel PLAIN = new PlainKernel();
    private static final LifetimeKernel FAST = fast(VECTOR_KERNEL, LifetimeKernel.class, PLAIN);
    private static final ConvolutionKernel PLAIN_CONVOLUTION = new PlainConvolution();
    private static final ConvolutionKernel FAST_CONVOLUTION =
            fast(VECTOR_CONVOLUTION, ConvolutionKernel.class, PLAIN_CONVOLUTION);

    private Kernels() {}

    static LifetimeKernel forType(DataType type) {
        if (type != DataType.FLOAT) {
            return PLAIN;
        }
        return LifetimeDevice.accelerator()
                .<LifetimeKernel>map(device -> new AcceleratedKernel(device, FAST))
                .orElse(FAST);
    }

    static ConvolutionKernel convolutions(DataType type) {
        return type == DataType.FLOAT ? FAST_CONVOLUTION : PLAIN_CONVOLUTION;
    }

    private static <K> K fast(String name, Class<K> type, K plain) {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            LOG.warn(
                    "{} runs in plain loops, many times slower: start Java with --add-modules jdk.incubator.vector"
                            + " for the fast one.",
                    type.getSimpleName());
            return plain;
        }
        try {
            return type.cast(Class.forName(name).getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A vector kernel is missing from this build of plastic-core.", e);
        }
    }
}
