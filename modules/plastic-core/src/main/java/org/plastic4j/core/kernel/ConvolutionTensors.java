package org.plastic4j.core.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.spec.TensorCheck;

/**
 * A convolution op's inputs, checked.
 *
 * @param stack what is computed
 * @param x pictures, [B, height, width, channels]
 * @param weights of each layer
 * @param biases of each layer
 */
public record ConvolutionTensors(ConvolutionStack stack, INDArray x, List<INDArray> weights, List<INDArray> biases) {

    /**
     * The first inputs of an op's context.
     *
     * @throws IllegalArgumentException naming the op, the input, what was expected and what was found
     */
    public static ConvolutionTensors of(String op, ConvolutionStack stack, OpContext context) {
        INDArray x = context.getInputArray(0);
        ConvolutionStack.Shape picture = stack.shapes().get(0);
        boolean fits = x.rank() == 4 && x.length() > 0 && Arrays.equals(x.shape(), picture.of(x.size(0)));
        TensorCheck.require(
                fits,
                op,
                "x",
                String.format(
                        Locale.ROOT,
                        "shape [B, %d, %d, %d], B not 0",
                        picture.height(),
                        picture.width(),
                        picture.channels()),
                x);
        DataType type = x.dataType();
        TensorCheck.require(type == DataType.FLOAT || type == DataType.DOUBLE, op, "x", "type FLOAT or DOUBLE", x);
        List<INDArray> weights = new ArrayList<>();
        List<INDArray> biases = new ArrayList<>();
        for (int l = 1; l <= stack.layers().size(); l++) {
            INDArray w = context.getInputArray(2 * l - 1);
            check(op, "w" + l, w, type, stack.weightShape(l));
            weights.add(w);
            INDArray b = context.getInputArray(2 * l);
            check(op, "b" + l, b, type, stack.layers().get(l - 1).filters());
            biases.add(b);
        }
        return new ConvolutionTensors(stack, x, weights, biases);
    }

    private static void check(String op, String tensor, INDArray array, DataType type, long... shape) {
        TensorCheck.require(Arrays.equals(array.shape(), shape), op, tensor, "shape " + Arrays.toString(shape), array);
        TensorCheck.require(array.dataType() == type, op, tensor, "type " + type + " as x's", array);
    }

    /** @throws NotFiniteInput naming the op, the input, and the first number that is not finite with its index */
    public void requireFinite(String op) {
        NotFiniteInput.refuse(op, "x", x);
        for (int l = 0; l < weights.size(); l++) {
            NotFiniteInput.refuse(op, "w" + (l + 1), weights.get(l));
            NotFiniteInput.refuse(op, "b" + (l + 1), biases.get(l));
        }
    }

    /** What a gradient op's outputs are the gradients of. */
    public List<INDArray> gradientsOf(boolean input) {
        if (input) {
            return List.of(x);
        }
        List<INDArray> parameters = new ArrayList<>();
        for (int l = 0; l < weights.size(); l++) {
            parameters.add(weights.get(l));
            parameters.add(biases.get(l));
        }
        return parameters;
    }

    public DataType type() {
        return x.dataType();
    }

    /** B. */
    public int pictures() {
        return Math.toIntExact(x.size(0));
    }
}
