package org.plastic4j.core.op;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.ConvolutionTensors;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.spec.ConvolutionSpec;

/**
 * A stack of convolutions as one op: inputs x, w(1), b(1) .. w(L), b(L), output y(L).
 *
 * <p>Inputs that do not fit, and such with a NaN or an infinity ({@link NotFiniteInput}), are rejected before any work.
 */
public final class FusedConvolutionOp extends HostOp<ConvolutionTensors> {
    /** The op's name in graphs. */
    public static final String NAME = "plastic_convolution";

    /** For SameDiff, which copies ops by name. */
    public FusedConvolutionOp() {
        // All there is to know comes with the arguments.
    }

    /** Adds the op to a graph. */
    public FusedConvolutionOp(SameDiff graph, ConvolutionSpec spec, SDVariable... arguments) {
        super(graph, arguments);
        spec.writeTo(this);
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
    ConvolutionTensors tensors(List<INDArray> inputs) {
        return new ConvolutionTensors(where(), ConvolutionSpec.readFrom(this), inputs);
    }

    @Override
    List<long[]> outputShapes(ConvolutionTensors in) {
        return List.of(in.stack().output().of(in.pictures()));
    }

    @Override
    void execute(ConvolutionTensors in, List<INDArray> inputs, List<INDArray> outputs) {
        in.requireFinite(where());
        Kernels.convolutions(in.type()).forward(in, outputs.get(0));
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> outputGradients) {
        ConvolutionSpec spec = ConvolutionSpec.readFrom(this);
        SDVariable[] all = argumentsAnd(outputGradients.get(0));
        // An op of its own, since pictures at the beginning of a network need no gradient: it runs when it is wanted.
        SDVariable ofInput = new FusedConvolutionGradOp(sameDiff, spec, true, all).outputVariable();
        List<SDVariable> gradients = new ArrayList<>(List.of(ofInput));
        gradients.addAll(List.of(new FusedConvolutionGradOp(sameDiff, spec, false, all).outputVariables()));
        return gradients;
    }
}
