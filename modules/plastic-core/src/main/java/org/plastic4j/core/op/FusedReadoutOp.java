package org.plastic4j.core.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.kernel.ReadoutTensors;
import org.plastic4j.core.kernel.reference.ReadoutKernel;
import org.plastic4j.core.spec.ReadoutSpec;

/**
 * A batch of lifetimes of a plastic readout as one op: inputs as in {@link ReadoutSpec#inputs()}, outputs y [T, B, n]
 * and, where the readout is plastic, the final trace [B, m, n].
 *
 * <p>Inputs that do not fit, and such with a NaN or an infinity ({@link NotFiniteInput}), are refused before any work.
 */
public final class FusedReadoutOp extends HostOp {
    /** The op's name in graphs. */
    public static final String NAME = "plastic_readout";

    /** For SameDiff, which copies ops by name. */
    public FusedReadoutOp() {
        // All there is to know comes with the arguments.
    }

    /** Adds the op to a graph; the arguments stand in the order of {@code spec.inputs()}. */
    public FusedReadoutOp(SameDiff graph, ReadoutSpec spec, SDVariable... arguments) {
        super(graph, arguments);
        spec.writeTo(this);
    }

    @Override
    public String opName() {
        return NAME;
    }

    @Override
    public int getNumOutputs() {
        return ReadoutSpec.readFrom(this).isPlastic() ? 2 : 1;
    }

    @Override
    List<LongShapeDescriptor> outputShapes(OpContext context) {
        ReadoutTensors in = ReadoutTensors.of(where(), ReadoutSpec.readFrom(this), context);
        DataType type = in.type();
        List<LongShapeDescriptor> shapes = new ArrayList<>();
        shapes.add(LongShapeDescriptor.fromShape(new long[] {in.steps(), in.batch(), in.outputs()}, type));
        if (in.spec().isPlastic()) {
            shapes.add(LongShapeDescriptor.fromShape(new long[] {in.batch(), in.inputs(), in.outputs()}, type));
        }
        return shapes;
    }

    @Override
    void execute(OpContext context) {
        ReadoutTensors in = ReadoutTensors.of(where(), ReadoutSpec.readFrom(this), context);
        in.requireFinite(where());
        INDArray hebb = in.spec().isPlastic() ? context.getOutputArray(1) : null;
        ReadoutKernel.forward(in, context.getOutputArray(0), hebb);
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> outputGradients) {
        List<SDVariable> arguments = new ArrayList<>(Arrays.asList(args()));
        arguments.add(outputVariables()[0]);
        arguments.addAll(outputGradients);
        return List.of(
                new FusedReadoutGradOp(sameDiff, ReadoutSpec.readFrom(this), arguments.toArray(SDVariable[]::new))
                        .outputVariables());
    }
}
