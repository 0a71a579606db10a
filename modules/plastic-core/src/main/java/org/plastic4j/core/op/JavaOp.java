package org.plastic4j.core.op;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * An op of a SameDiff graph whose work is done in Java, by {@link PlasticSession}. Subclasses need a public constructor
 * without arguments, and may keep nothing in fields: SameDiff copies ops by their name and arguments alone.
 */
abstract class JavaOp extends DynamicCustomOp {
    JavaOp() {}

    JavaOp(SameDiff graph, SDVariable... arguments) {
        super(graph, arguments);
    }

    /** A constant: the super constructor asks for it before any field is set. */
    @Override
    public abstract String opName();

    /** How errors name it: as the graph does, which numbers the ops of one kind. */
    final String where() {
        return sameDiff == null ? opName() : getOwnName();
    }

    /** Reads the context's input arrays and fills its output arrays. */
    abstract void execute(OpContext context);

    /** The outputs' shapes, from the context's input arrays. */
    abstract List<LongShapeDescriptor> outputShapes(OpContext context);

    @Override
    public long opHash() {
        // ND4J's native code has no such op, so there is no hash to look up.
        return opName().hashCode();
    }

    @Override
    public List<LongShapeDescriptor> calculateOutputShape() {
        return Collections.emptyList();
    }

    @Override
    public List<LongShapeDescriptor> calculateOutputShape(OpContext context) {
        return outputShapes(context);
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
