package org.plastic4j.core.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.Tensors;

/**
 * An op of a SameDiff graph whose work is done in Java: {@link HostExecutioner} runs it. Subclasses need a public constructor
 * without arguments, and may keep nothing in fields: SameDiff copies ops by their name and arguments alone.
 *
 * @param <T> its inputs
 */
abstract class HostOp<T extends Tensors> extends DynamicCustomOp {
    HostOp() {}

    HostOp(SameDiff graph, SDVariable... arguments) {
        super(prepared(graph), arguments);
    }

    /** Its session has to be there before it has the op. */
    private static SameDiff prepared(SameDiff graph) {
        PlasticSession.installFor(graph);
        return graph;
    }

    /** A constant: the super constructor reads it before any field is set. */
    @Override
    public abstract String opName();

    /** How errors name it: as the graph does, which numbers the ops of one kind. */
    final String where() {
        return sameDiff == null ? opName() : getOwnName();
    }

    /** Called for every op of a graph that is loaded, or copied for its gradients. */
    @Override
    public void setSameDiff(SameDiff graph) {
        super.setSameDiff(graph);
        if (graph != null) {
            PlasticSession.replaceIn(graph);
        }
    }

    /** The inputs, checked; there may be others behind them. */
    abstract T tensors(List<INDArray> inputs);

    /** The outputs' shapes. */
    abstract List<long[]> outputShapes(T in);

    /**
     * Fills the outputs.
     *
     * @param inputs all of them, those that are not among {@code in} too
     */
    abstract void execute(T in, List<INDArray> inputs, List<INDArray> outputs);

    /** The op's inputs, and others. */
    final SDVariable[] argumentsAnd(SDVariable... others) {
        List<SDVariable> all = new ArrayList<>(Arrays.asList(args()));
        all.addAll(Arrays.asList(others));
        return all.toArray(SDVariable[]::new);
    }

    /** What gradient ops say to a request for their own gradient. */
    final UnsupportedOperationException noSecondDerivatives(String layer, String definition) {
        return new UnsupportedOperationException(opName() + ": second derivatives of a fused " + layer
                + " are not available; use " + definition + " for them.");
    }

    /**
     * Does the op's work, also where an output has gaps or another order than C's: a session of ND4J's hands out what it has
     * at hand.
     *
     * @return the context's output arrays
     */
    final INDArray[] run(OpContext context) {
        INDArray[] outputs = context.getOutputArrays().toArray(INDArray[]::new);
        for (int k = 0; k < outputs.length; k++) {
            if (!HostArrays.isDense(outputs[k])) {
                context.setOutputArray(k, Nd4j.createUninitializedDetached(outputs[k].dataType(), outputs[k].shape()));
            }
        }
        execute(tensors(context.getInputArrays()), context.getInputArrays(), context.getOutputArrays());
        for (int k = 0; k < outputs.length; k++) {
            INDArray filled = context.getOutputArray(k);
            if (filled != outputs[k]) {
                outputs[k].assign(filled);
                context.setOutputArray(k, outputs[k]);
                filled.close();
            }
        }
        return outputs;
    }

    /**
     * ND4J needs it to find the op among its native ones.
     *
     * @throws IllegalStateException since it is not there, and looking for it would end the JVM
     */
    @Override
    public long opHash() {
        throw new IllegalStateException(opName() + ": expected to be run in Java, found "
                + Nd4j.getExecutioner().getClass().getSimpleName()
                + " about to run it; call PlasticSession.install() before the graph is built or loaded, and train with"
                + " calculateGradients instead of SameDiff.fit.");
    }

    @Override
    public int opNum() {
        return opName().hashCode();
    }

    @Override
    public List<LongShapeDescriptor> calculateOutputShape() {
        return Collections.emptyList();
    }

    @Override
    public List<LongShapeDescriptor> calculateOutputShape(OpContext context) {
        T in = tensors(context.getInputArrays());
        return outputShapes(in).stream()
                .map(shape -> LongShapeDescriptor.fromShape(shape, in.type()))
                .toList();
    }

    @Override
    public List<DataType> calculateOutputDataTypes(List<DataType> inputTypes) {
        return Collections.nCopies(getNumOutputs(), inputTypes.get(0));
    }

    @Override
    public Map<String, Object> propertiesForFunction() {
        return Map.of();
    }

    @Override
    public void setPropertiesForFunction(Map<String, Object> properties) {
        // All there is to know stands in the arguments.
    }

    @Override
    public void configureFromArguments() {
        // Read when executed.
    }
}
