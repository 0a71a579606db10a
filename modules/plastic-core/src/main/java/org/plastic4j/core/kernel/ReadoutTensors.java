package org.plastic4j.core.kernel;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.plastic4j.core.spec.ReadoutSlot;
import org.plastic4j.core.spec.ReadoutSpec;
import org.plastic4j.core.spec.TensorCheck;

/** A readout op's inputs, checked: every array has the shape and type that the layer and x ask for. */
public final class ReadoutTensors {
    private final ReadoutSpec spec;
    private final Map<ReadoutSlot, INDArray> arrays;

    private ReadoutTensors(ReadoutSpec spec, Map<ReadoutSlot, INDArray> arrays) {
        this.spec = spec;
        this.arrays = arrays;
    }

    /**
     * The first inputs of an op's context.
     *
     * @throws IllegalArgumentException naming the op, the input, what was expected and what was found
     */
    public static ReadoutTensors of(String op, ReadoutSpec spec, OpContext context) {
        List<ReadoutSlot> slots = spec.inputs();
        Map<ReadoutSlot, INDArray> arrays = new EnumMap<>(ReadoutSlot.class);
        for (int i = 0; i < slots.size(); i++) {
            arrays.put(slots.get(i), context.getInputArray(i));
        }
        INDArray x = arrays.get(ReadoutSlot.X);
        int m = spec.readout().inputs();
        boolean fits = x.rank() == 3 && x.length() > 0 && x.size(2) == m;
        require(fits, op, ReadoutSlot.X, "shape [T, B, " + m + "], none of them 0", x);
        DataType type = x.dataType();
        require(type == DataType.FLOAT || type == DataType.DOUBLE, op, ReadoutSlot.X, "type FLOAT or DOUBLE", x);
        ReadoutTensors tensors = new ReadoutTensors(spec, arrays);
        arrays.forEach((slot, array) -> tensors.check(op, slot, array));
        return tensors;
    }

    private void check(String op, ReadoutSlot slot, INDArray array) {
        TensorCheck.requireShape(op, slot.label(), slot.shape(spec.readout(), steps(), batch()), array);
        require(array.dataType() == type(), op, slot, "type " + type() + " as x's", array);
    }

    private static void require(boolean holds, String op, ReadoutSlot slot, String expected, INDArray found) {
        TensorCheck.require(holds, op, slot.label(), expected, found);
    }

    /** @throws NotFiniteInput naming the op, the input, and the first number that is not finite with its index */
    public void requireFinite(String op) {
        arrays.forEach((slot, array) -> NotFiniteInput.refuse(op, slot.label(), array));
    }

    public ReadoutSpec spec() {
        return spec;
    }

    public INDArray get(ReadoutSlot slot) {
        return arrays.get(slot);
    }

    public boolean has(ReadoutSlot slot) {
        return arrays.containsKey(slot);
    }

    public DataType type() {
        return get(ReadoutSlot.X).dataType();
    }

    public int steps() {
        return Math.toIntExact(get(ReadoutSlot.X).size(0));
    }

    public int batch() {
        return Math.toIntExact(get(ReadoutSlot.X).size(1));
    }

    /** m. */
    public int inputs() {
        return spec.readout().inputs();
    }

    /** n. */
    public int outputs() {
        return spec.readout().outputs();
    }
}
