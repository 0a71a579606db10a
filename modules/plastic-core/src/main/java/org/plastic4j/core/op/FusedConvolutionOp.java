package org.plastic4j.core.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.kernel.ConvolutionTensors;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.spec.ConvolutionArguments;

/**
 * A stack of convolutions as one op: inputs x, w(1), b(1) .. w(L), b(L), output y(L).
 *
 * <p>Inputs that do not fit, and such with a NaN or an infinity ({@link NotFiniteInput}), are refused before any work.
 */
public final class FusedConvolutionOp extends HostOp {
    /** The op's name in graphs. */
    public static final String NAME = "plastic_convolution";

    /** For SameDiff, which copies ops by name. */
    public FusedConvolutionOp() {
        // All there is to know comes with the arguments.
    }

    /** Adds the op to a graph. */
    public FusedConvolutionOp(SameDiff graph, ConvolutionStack stack, SDVariable... arguments) {
        super(graph, arguments);
        ConvolutionArguments.write(stack, this);
    }

    @Override
    public String opName() {
        return NAME;
    }

    @Override
    public int getNumOutputs() {
        return 1;
    }

    @Override
    List<LongShapeDescriptor> outputShapes(OpContext context) {
        ConvolutionStack stack = ConvolutionArguments.read(this);
        ConvolutionTensors in = ConvolutionTensors.of(where(), stack, context);
        return List.of(LongShapeDescriptor.fromShape(stack.output().of(in.pictures()), in.type()));
    }

    @Override
    void execute(OpContext context) {
        ConvolutionStack stack = ConvolutionArguments.read(this);
        ConvolutionTensors in = ConvolutionTensors.of(where(), stack, context);
        in.requireFinite(where());
        Kernels.convolutions(in.type()).forward(in, context.getOutputArray(0));
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> outputGradients) {
        ConvolutionStack stack = ConvolutionArguments.read(this);
        List<SDVariable> arguments = new ArrayList<>(Arrays.asList(args()));
        arguments.addAll(outputGradients);
        SDVariable[] all = arguments.toArray(SDVariable[]::new);
        // An op of its own, since pictures at the beginning of a network need no gradient: it runs when asked for.
        SDVariable ofInput = new FusedConvolutionGradOp(sameDiff, stack, true, all).outputVariable();
        List<SDVariable> gradients = new ArrayList<>(List.of(ofInput));
        gradients.addAll(List.of(new FusedConvolutionGradOp(sameDiff, stack, false, all).outputVariables()));
        return gradients;
    }
}
