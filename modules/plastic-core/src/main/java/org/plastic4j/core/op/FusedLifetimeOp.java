package org.plastic4j.core.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Signature.Input;

/**
 * A batch of lifetimes as one op: inputs as in {@link LifetimeSpec#signature()}, outputs y [T, B, n] and, where the layer
 * is plastic, the final Hebbian trace and, where the rule has one, the final eligibility trace, each [B, m, n].
 *
 * <p>Inputs of another shape or type than the first requires, and such with a NaN or an infinity ({@link NotFiniteInput}),
 * are rejected before any work. A lifetime that overflows although all inputs are finite gives what it comes to: whoever
 * trains looks at losses and gradients.
 */
public class FusedLifetimeOp extends LifetimeOp {
    /** The op's name in graphs. */
    public static final String NAME = "plastic_lifetime";

    /** For SameDiff, which copies ops by name. */
    public FusedLifetimeOp() {
        // All there is to know comes with the arguments.
    }

    /** Adds the op to a graph; the arguments stand in the order of the signature. */
    public FusedLifetimeOp(SameDiff graph, LifetimeSpec spec, SDVariable... arguments) {
        super(graph, spec, arguments);
    }

    @Override
    public String opName() {
        return NAME;
    }

    @Override
    public int getNumOutputs() {
        return 1 + spec().traces();
    }

    @Override
    List<long[]> outputShapes(LifetimeTensors in) {
        return in.spec().outputShapes(in.steps(), in.batch());
    }

    @Override
    void execute(LifetimeTensors in, List<INDArray> inputs, List<INDArray> outputs) {
        in.requireFinite(where());
        INDArray[] traces = outputs.subList(1, outputs.size()).toArray(INDArray[]::new);
        Kernels.of(in).forward(in, outputs.get(0), traces);
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> outputGradients) {
        SDVariable[] others = Stream.concat(Stream.of(outputVariables()[0]), outputGradients.stream())
                .toArray(SDVariable[]::new);
        Iterator<SDVariable> gradients = Arrays.asList(
                        gradientOp(argumentsAnd(others)).outputVariables())
                .iterator();
        List<SDVariable> all = new ArrayList<>();
        for (Input input : spec().signature().inputs()) {
            // What is a choice has a gradient of zero by definition.
            all.add(input.isDifferentiable() ? gradients.next() : sameDiff.zerosLike(arg(all.size())));
        }
        return all;
    }

    /** The op of its gradient. */
    FusedLifetimeGradOp gradientOp(SDVariable... arguments) {
        return new FusedLifetimeGradOp(sameDiff, spec(), arguments);
    }
}
