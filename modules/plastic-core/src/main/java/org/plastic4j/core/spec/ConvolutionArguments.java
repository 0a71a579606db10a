package org.plastic4j.core.spec;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.plastic4j.core.convolution.ConvolutionLayer;
import org.plastic4j.core.convolution.ConvolutionStack;

/** A stack of convolutions in an op's arguments, the only part of it that outlives SameDiff's copying and saving. */
public final class ConvolutionArguments {
    private static final int PICTURE = 3;
    private static final int LAYER = 3;

    private ConvolutionArguments() {}

    public static void write(ConvolutionStack stack, DynamicCustomOp op) {
        op.addIArgument(stack.height(), stack.width(), stack.channels());
        stack.layers().forEach(layer -> op.addIArgument(layer.kernel(), layer.stride(), layer.filters()));
    }

    public static ConvolutionStack read(DynamicCustomOp op) {
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
        return new ConvolutionStack((int) sizes[0], (int) sizes[1], (int) sizes[2], layers);
    }
}
