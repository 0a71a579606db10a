package org.plastic4j.core.encoder;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.plastic4j.core.convolution.ConvolutionParameters;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.graph.GraphVariables;
import org.plastic4j.core.op.FusedConvolutionOp;
import org.plastic4j.core.spec.ConvolutionSpec;

/**
 * The same function and gradients as {@link UnrolledEncoder} in one op of the graph, for float and double on the CPU. How
 * many pictures there are is read at run time.
 *
 * <p>For what runs such an op, and how a saved graph is loaded, see {@link org.plastic4j.core.lifetime.FusedLifetime}.
 */
public record FusedEncoder() implements Encoder {

    @Override
    public SDVariable encode(
            SameDiff graph,
            String name,
            ConvolutionStack stack,
            ConvolutionParameters parameters,
            SDVariable pictures) {
        ConvolutionSpec spec = new ConvolutionSpec(stack);
        SDVariable[] variables = spec.variables("FusedEncoder \"" + name + "\"", parameters, pictures);
        String scoped = GraphVariables.name(graph, "FusedEncoder", name, "");
        return new FusedConvolutionOp(graph, spec, variables).outputVariables(scoped)[0];
    }
}
