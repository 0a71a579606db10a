package org.plastic4j.core.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.convolution.ConvolutionLayer;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.kernel.ConvolutionTensors;
import org.plastic4j.core.kernel.LifetimeThreads;
import org.plastic4j.core.spec.ConvolutionSpec;
import org.plastic4j.core.spec.Signature;

/** What {@code EncodersAgreeTest} cannot see: that memory of a call before is not read, and that vectors stay in registers. */
class VectorConvolutionTest {
    private static final ConvolutionStack STACK =
            new ConvolutionStack(15, 13, 2, List.of(new ConvolutionLayer(3, 2, 21), new ConvolutionLayer(3, 1, 17)));
    private static final int PICTURES = 5;
    private static final int CALLS = 20;
    /** One boxed vector of all that a loop passes would be megabytes a call. */
    private static final long MOST = 256 << 10;

    private final int threads = LifetimeThreads.get();
    private final VectorConvolution kernel = new VectorConvolution();
    private final ConvolutionTensors in = inputs();
    private final INDArray output = Nd4j.create(DataType.FLOAT, STACK.output().of(PICTURES));
    private final INDArray outputGradient =
            Nd4j.rand(DataType.FLOAT, STACK.output().of(PICTURES)).subi(0.5);
    private final INDArray ofPictures = in.x().dup();
    private final List<INDArray> gradients = new ArrayList<>();

    @AfterEach
    void restore() {
        LifetimeThreads.set(threads);
    }

    private static ConvolutionTensors inputs() {
        ConvolutionSpec spec = new ConvolutionSpec(STACK);
        List<INDArray> arrays = new ArrayList<>();
        for (Signature.Input input : spec.signature().inputs()) {
            long[] shape = input.at(0, PICTURES).shape().stream()
                    .mapToLong(Long::longValue)
                    .toArray();
            arrays.add(Nd4j.rand(DataType.FLOAT, shape).subi(0.5).muli(0.3));
        }
        return new ConvolutionTensors("test", spec, arrays);
    }

    private void run() {
        gradients.clear();
        for (int l = 0; l < STACK.layers().size(); l++) {
            gradients.add(in.weights().get(l).dup());
            gradients.add(in.biases().get(l).dup());
        }
        kernel.forward(in, output);
        kernel.parameterGradients(in, outputGradient, gradients);
        kernel.inputGradient(in, outputGradient, ofPictures);
    }

    private List<float[]> results() {
        List<float[]> all = new ArrayList<>(List.of(
                output.data().asFloat().clone(), ofPictures.data().asFloat().clone()));
        gradients.forEach(gradient -> all.add(gradient.data().asFloat().clone()));
        return all;
    }

    @Test
    @Tag("kernel")
    void nothingThatACallBeforeHasLeftIsRead() {
        // Not released: what follows begins with memory of its own.
        ConvolutionBuffers.acquire(in);
        run();
        List<float[]> expected = results();

        ConvolutionBuffers pooled = ConvolutionBuffers.acquire(in);
        assertThat(ScratchMemoryTest.poison(pooled)).isGreaterThan(PICTURES);
        pooled.release();
        run();

        assertThat(results()).usingRecursiveComparison().isEqualTo(expected);
        expected.forEach(values -> assertThat(values).doesNotContain(Float.NaN));
    }

    @Test
    @Tag("slow")
    void aWarmCallMakesNoObjectsForVectors() {
        LifetimeThreads.set(1);
        var beans = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 100 && least > MOST; round++) {
            long before = beans.getThreadAllocatedBytes(thread);
            for (int call = 0; call < CALLS; call++) {
                run();
            }
            least = Math.min(least, (beans.getThreadAllocatedBytes(thread) - before) / CALLS);
        }
        assertThat(least).as("bytes a call").isLessThanOrEqualTo(MOST);
    }
}
