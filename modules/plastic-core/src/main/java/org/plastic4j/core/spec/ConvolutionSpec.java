package org.plastic4j.core.spec;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.plastic4j.core.convolution.ConvolutionLayer;
import org.plastic4j.core.convolution.ConvolutionParameters;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.spec.Signature.Input;

/**
 * What an op of convolutions computes. It is written into the op's arguments, the only part of an op that outlives
 * SameDiff's copying and saving of graphs.
 *
 * @param stack the layers
 */
public record ConvolutionSpec(ConvolutionStack stack) {
    private static final int PICTURE = 3;
    private static final int LAYER = 3;

    /** The inputs of the op, in their order: x, w1, b1 .. wL, bL. */
    public Signature signature() {
        List<Input> inputs = new ArrayList<>();
        inputs.add(Input.of("x", stack.shapes().get(0).of(Signature.BATCH)));
        for (int l = 1; l <= stack.layers().size(); l++) {
            inputs.add(Input.of("w" + l, stack.weightShape(l)));
            inputs.add(Input.of("b" + l, stack.layers().get(l - 1).filters()));
        }
        return new Signature(inputs);
    }

    /**
     * The variables of a graph in the order of the signature, checked.
     *
     * @param where what takes them
     * @throws IllegalArgumentException if the parameters are not the stack's, or a variable of known shape does not fit
     */
    public SDVariable[] variables(String where, ConvolutionParameters parameters, SDVariable pictures) {
        parameters.requireFor(stack);
        List<SDVariable> variables = new ArrayList<>(List.of(pictures));
        variables.addAll(parameters.variables());
        signature().requireKnown(where, variables, Signature.ANY);
        return variables.toArray(SDVariable[]::new);
    }

    public void writeTo(DynamicCustomOp op) {
        op.addIArgument(stack.height(), stack.width(), stack.channels());
        stack.layers().forEach(layer -> op.addIArgument(layer.kernel(), layer.stride(), layer.filters()));
    }

    public static ConvolutionSpec readFrom(DynamicCustomOp op) {
        long[] sizes = op.iArgs();
        if (sizes.length < PICTURE + LAYER || (sizes.length - PICTURE) % LAYER != 0) {
            throw new IllegalStateException("Op " + op.opName() + " " + op.getOwnName() + ": expected 3 sizes of a"
                    + " picture and 3 of each layer in its arguments, found " + sizes.length
                    + "; the graph was saved by another version.");
        }
        List<ConvolutionLayer> layers = new ArrayList<>();
        for (int at = PICTURE; at < sizes.length; at += LAYER) {
            layers.add(new ConvolutionLayer((int) sizes[at], (int) sizes[at + 1], (int) sizes[at + 2]));
        }
        return new ConvolutionSpec(new ConvolutionStack((int) sizes[0], (int) sizes[1], (int) sizes[2], layers));
    }
}
