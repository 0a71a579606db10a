package org.plastic4j.core.kernel;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.spec.ConvolutionSpec;

/** The inputs of a stack of convolutions. */
public final class ConvolutionTensors extends Tensors {
    private final ConvolutionStack stack;

    /**
     * The inputs of an op.
     *
     * @param op how errors name it
     * @param inputs those of the spec, in their order; others may follow
     * @throws IllegalArgumentException naming the op, the input, what was expected and what was found
     */
    public ConvolutionTensors(String op, ConvolutionSpec spec, List<INDArray> inputs) {
        super(op, spec.signature(), inputs);
        stack = spec.stack();
    }

    /** What is computed. */
    public ConvolutionStack stack() {
        return stack;
    }

    /** Pictures, [B, height, width, channels]. */
    public INDArray x() {
        return get("x");
    }

    /** Of each layer. */
    public List<INDArray> weights() {
        return ofLayers("w");
    }

    /** Of each layer. */
    public List<INDArray> biases() {
        return ofLayers("b");
    }

    private List<INDArray> ofLayers(String label) {
        return IntStream.rangeClosed(1, stack.layers().size())
                .mapToObj(l -> get(label + l))
                .toList();
    }

    /** B. */
    public int pictures() {
        return batch();
    }
}
