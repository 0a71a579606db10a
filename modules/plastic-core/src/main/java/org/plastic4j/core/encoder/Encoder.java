package org.plastic4j.core.encoder;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.plastic4j.core.convolution.ConvolutionParameters;
import org.plastic4j.core.convolution.ConvolutionStack;

/**
 * A way to execute a stack of convolutions in a SameDiff graph. Both ways compute the same function, the equation of {@link
 * ConvolutionStack}: of pictures [B, height, width, channels] the last layer's outputs.
 */
public sealed interface Encoder permits UnrolledEncoder, FusedEncoder {

    /**
     * Adds the stack to the graph.
     *
     * @param graph where the variables of parameters and pictures live
     * @param name the output's name, in the open name scope
     * @param stack the layers of convolutions
     * @param parameters the variables of its weights and biases
     * @param pictures shape [B, height, width, channels], in C order
     * @return the last layer's output, [B, height, width, filters] of {@link ConvolutionStack#output()}
     * @throws IllegalArgumentException if the parameters are not the stack's, the shape of a variable that has one already
     *     does not fit, or the graph has a variable of this name
     */
    SDVariable encode(
            SameDiff graph, String name, ConvolutionStack stack, ConvolutionParameters parameters, SDVariable pictures);
}
