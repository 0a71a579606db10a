package org.plastic4j.core.encoder;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.plastic4j.core.convolution.ConvolutionParameters;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.spec.KnownShapes;

/** The shapes of an encoder's variables, as far as they are known when the graph is built. */
final class EncoderVariables {
    private EncoderVariables() {}

    /**
     * Checks that these are a stack's, all of them in shape.
     *
     * @param execution how it is executed
     * @param name the output's
     * @throws IllegalArgumentException if there are others than the stack has, or one does not fit
     */
    static void require(
            String execution,
            String name,
            ConvolutionStack stack,
            ConvolutionParameters parameters,
            SDVariable pictures) {
        parameters.requireFor(stack);
        String where = execution + " \"" + name + "\"";
        KnownShapes.require(
                where, "x", pictures, Optional.of(stack.shapes().get(0).of(KnownShapes.ANY)));
        for (int l = 1; l <= stack.layers().size(); l++) {
            SDVariable w = parameters.weights().get(l - 1);
            SDVariable b = parameters.biases().get(l - 1);
            KnownShapes.require(where, "w" + l, w, Optional.of(stack.weightShape(l)));
            KnownShapes.require(where, "b" + l, b, Optional.of(new long[] {
                stack.layers().get(l - 1).filters()
            }));
        }
    }
}
