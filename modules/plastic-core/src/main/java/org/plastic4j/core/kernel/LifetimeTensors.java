package org.plastic4j.core.kernel;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Slot;
import org.plastic4j.core.spec.TensorCheck;

/** A lifetime op's inputs, checked: every array has the shape and type that the drive and the spec ask for. */
public final class LifetimeTensors {
    private final LifetimeSpec spec;
    private final Map<Slot, INDArray> arrays;
    private final DataType type;
    private final int steps;
    private final int batch;
    private final int neurons;

    private LifetimeTensors(
            LifetimeSpec spec, Map<Slot, INDArray> arrays, DataType type, long steps, long batch, long neurons) {
        this.spec = spec;
        this.arrays = arrays;
        this.type = type;
        this.steps = Math.toIntExact(steps);
        this.batch = Math.toIntExact(batch);
        this.neurons = Math.toIntExact(neurons);
    }

    /**
     * The first inputs of an op's context.
     *
     * @param op how errors name it
     * @param neurons n
     * @throws IllegalArgumentException naming the op, the input, what was expected and what was found
     */
    public static LifetimeTensors of(String op, LifetimeSpec spec, int neurons, OpContext context) {
        List<Slot> slots = spec.inputs();
        Map<Slot, INDArray> arrays = new EnumMap<>(Slot.class);
        for (int i = 0; i < slots.size(); i++) {
            arrays.put(slots.get(i), context.getInputArray(i));
        }
        INDArray drive = arrays.get(Slot.DRIVE);
        boolean fits = drive.rank() == 3 && drive.length() > 0 && drive.size(2) == neurons;
        require(fits, op, Slot.DRIVE, "shape [T, B, " + neurons + "], none of them 0", drive);
        DataType type = drive.dataType();
        require(type == DataType.FLOAT || type == DataType.DOUBLE, op, Slot.DRIVE, "type FLOAT or DOUBLE", drive);
        LifetimeTensors tensors = new LifetimeTensors(spec, arrays, type, drive.size(0), drive.size(1), neurons);
        arrays.forEach((slot, array) -> tensors.check(op, slot, array, Slot.DRIVE));
        return tensors;
    }

    /**
     * What is known of lifetimes before their drive is.
     *
     * @param where what asks for them
     * @param arrays parameters, or a state
     * @param type FLOAT or DOUBLE
     * @throws IllegalArgumentException naming the array, what was expected and what was found
     */
    public static LifetimeTensors undriven(
            String where, LifetimeSpec spec, Map<Slot, INDArray> arrays, DataType type, int batch, int neurons) {
        LifetimeTensors tensors = new LifetimeTensors(spec, arrays, type, 0, batch, neurons);
        arrays.forEach((slot, array) -> tensors.check(where, slot, array, Slot.W));
        return tensors;
    }

    private void check(String op, Slot slot, INDArray array, Slot model) {
        TensorCheck.requireShape(op, slot.label(), slot.shape(spec.alpha(), steps, batch, neurons), array);
        require(
                array.dataType() == type,
                op,
                slot,
                "type " + type + " as " + (model == Slot.DRIVE ? "the drive" : model.label()) + "'s",
                array);
    }

    /**
     * Looks through all inputs but the mask, which {@link #requireBinary} sees. Where bounds cut traces off and tanh
     * what they lead to, an infinity would not show in what a lifetime gives.
     *
     * @throws NotFiniteInput naming the op, the input, and the first number that is not finite with its index
     */
    public void requireFinite(String op) {
        arrays.forEach((slot, array) -> {
            if (slot != Slot.MASK) {
                NotFiniteInput.refuse(op, slot.label(), array);
            }
        });
    }

    /** Refuses a clamp mask that holds anything but 0 and 1; the gradients rely on it. */
    public static double requireBinary(double mask) {
        if (mask != 0 && mask != 1) {
            throw new IllegalArgumentException(
                    Slot.MASK.label() + ": expected 1 where a neuron is clamped and 0 elsewhere, found " + mask + ".");
        }
        return mask;
    }

    private static void require(boolean holds, String op, Slot slot, String expected, INDArray found) {
        TensorCheck.require(holds, op, slot.label(), expected, found);
    }

    public LifetimeSpec spec() {
        return spec;
    }

    public INDArray get(Slot slot) {
        return arrays.get(slot);
    }

    public boolean has(Slot slot) {
        return arrays.containsKey(slot);
    }

    public DataType type() {
        return type;
    }

    public int steps() {
        return steps;
    }

    public int batch() {
        return batch;
    }

    public int neurons() {
        return neurons;
    }
}
