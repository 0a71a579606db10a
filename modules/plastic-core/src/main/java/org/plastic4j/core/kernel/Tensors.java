package org.plastic4j.core.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.spec.Signature;
import org.plastic4j.core.spec.Signature.Input;

/** An op's inputs, checked: every array has the shape and type that the op's signature and its first input require. */
public abstract sealed class Tensors permits LifetimeTensors, ConvolutionTensors {
    private final Signature signature;
    private final Map<String, INDArray> arrays = new LinkedHashMap<>();
    private final DataType type;
    private final int steps;
    private final int batch;

    /**
     * The inputs of an op.
     *
     * @param op how errors name it
     * @param inputs in the signature's order; others may follow
     * @throws IllegalArgumentException naming the op, the input, what was expected and what was found
     */
    Tensors(String op, Signature signature, List<INDArray> inputs) {
        signature.require(op, inputs);
        this.signature = signature;
        for (int i = 0; i < signature.inputs().size(); i++) {
            arrays.put(signature.inputs().get(i).label(), inputs.get(i));
        }
        long[] first = inputs.get(0).shape();
        type = inputs.get(0).dataType();
        steps = Math.toIntExact(signature.size(Signature.STEPS, first));
        batch = Math.toIntExact(signature.size(Signature.BATCH, first));
    }

    /** Some of the inputs, before the first is there. */
    Tensors(String where, Signature signature, Map<String, INDArray> some, DataType type, int batch) {
        some.forEach((label, array) -> {
            Input input = signature.get(label).at(0, batch);
            input.requireShape(where, array);
            input.requireType(where, array, type, "w");
        });
        this.signature = signature;
        arrays.putAll(some);
        this.type = type;
        this.batch = batch;
        steps = 0;
    }

    /**
     * Looks through all inputs but choices such as a mask. Where bounds clip traces and tanh what they lead to, an infinity
     * would not show in what an op gives.
     *
     * @throws NotFiniteInput naming the op, the input, and the first value that is not finite with its index
     */
    public final void requireFinite(String op) {
        for (Input input : signature.differentiable()) {
            if (arrays.containsKey(input.label())) {
                NotFiniteInput.reject(op, input.label(), arrays.get(input.label()));
            }
        }
    }

    /** The shapes of the inputs that have a gradient, which are those of the gradients. */
    public final List<long[]> gradientShapes() {
        return signature.differentiable().stream()
                .map(input -> arrays.get(input.label()).shape())
                .toList();
    }

    /** The input with this label; null if there is none. */
    public final INDArray get(String label) {
        return arrays.get(label);
    }

    /** FLOAT or DOUBLE. */
    public final DataType type() {
        return type;
    }

    /** T. */
    public final int steps() {
        return steps;
    }

    /** B. */
    public final int batch() {
        return batch;
    }
}
