package org.plastic4j.core.op;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.plastic4j.core.accelerator.AcceleratedKernel;
import org.plastic4j.core.accelerator.LifetimeDevice;
import org.plastic4j.core.kernel.ConvolutionKernel;
import org.plastic4j.core.kernel.JvmVectors;
import org.plastic4j.core.kernel.KernelOptions;
import org.plastic4j.core.kernel.LifetimeKernel;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.compiled.RuleProgram;
import org.plastic4j.core.kernel.reference.ReferenceConvolution;
import org.plastic4j.core.kernel.reference.ReferenceKernel;
import org.plastic4j.core.kernel.unrolled.ChunkedKernel;
import org.plastic4j.core.spec.LifetimeSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which kernels compute which type. */
public final class Kernels {
    private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);
    /** By name, since this class cannot be loaded where the JVM runs without the Vector API. */
    private static final String VECTOR_KERNEL = "org.plastic4j.core.kernel.vector.VectorKernel";

    private static final String SCALAR_KERNEL = "org.plastic4j.core.kernel.vector.ScalarKernel";
    private static final String VECTOR_CONVOLUTION = "org.plastic4j.core.kernel.vector.VectorConvolution";

    private static final LifetimeKernel CHUNKED = new ChunkedKernel();
    /** The keys of rules that the log has named. */
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private static final Pair REFERENCE = new Pair(new ReferenceKernel(), new ReferenceConvolution());
    /** Those for float; null until they are first used. */
    private static Pair fast;

    private record Pair(LifetimeKernel lifetimes, ConvolutionKernel convolutions) {}

    private Kernels() {}

    /** The kernel for these lifetimes. */
    public static LifetimeKernel of(LifetimeTensors in) {
        LifetimeSpec spec = in.spec();
        if (spec.isReadout()) {
            return REFERENCE.lifetimes;
        }
        Optional<String> why =
                spec.isPlastic() ? RuleProgram.whyNotCompiled(spec.rule(), in.neurons()) : Optional.empty();
        if (why.isEmpty()) {
            return forType(in.type());
        }
        if (SAID.add(spec.rule().key())) {
            LOG.warn(
                    "Lifetimes of the rule {} run unrolled in {}, slower than those of a compiled one: {}.",
                    spec.rule().key(),
                    CHUNKED,
                    why.get());
        }
        return CHUNKED;
    }

    /** The kernel for cells of this type, of rules that are compiled. */
    static LifetimeKernel forType(DataType type) {
        LifetimeKernel kernel = pair(type).lifetimes;
        return LifetimeDevice.accelerator()
                .filter(device -> type == DataType.FLOAT)
                .<LifetimeKernel>map(device -> new AcceleratedKernel(device, kernel))
                .orElse(kernel);
    }

    static ConvolutionKernel convolutions(DataType type) {
        return pair(type).convolutions;
    }

    private static Pair pair(DataType type) {
        return type == DataType.FLOAT ? fast() : REFERENCE;
    }

    /** Chooses once; a wrong system property is rejected at each call. */
    private static synchronized Pair fast() {
        if (fast == null) {
            // Rejects wrong values, whichever kernel it will be.
            KernelOptions.vectorBits();
            KernelOptions.deferredNeurons();
            Optional<String> whySlow = JvmVectors.whySlow();
            if (whySlow.isPresent()) {
                LOG.warn("Layers in float run in plain loops, several times slower: {}.", whySlow.get());
                fast = new Pair(make(SCALAR_KERNEL, LifetimeKernel.class), REFERENCE.convolutions);
            } else {
                fast = new Pair(
                        make(VECTOR_KERNEL, LifetimeKernel.class), make(VECTOR_CONVOLUTION, ConvolutionKernel.class));
                // What is as it should be is no news to whoever put a layer into a program.
                LOG.debug("Layers in float run on {}.", fast.lifetimes);
            }
        }
        return fast;
    }

    private static <K> K make(String name, Class<K> type) {
        try {
            return type.cast(Class.forName(name).getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A vector kernel is missing from this build of plastic-core.", e);
        }
    }
}
