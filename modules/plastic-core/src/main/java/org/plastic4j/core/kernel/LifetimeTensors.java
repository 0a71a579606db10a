package org.plastic4j.core.kernel;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Signature;
import org.plastic4j.core.spec.Slot;

/** The inputs of a batch of lifetimes. */
public final class LifetimeTensors extends Tensors {
    private final LifetimeSpec spec;

    /**
     * The inputs of an op.
     *
     * @param op how errors name it
     * @param inputs those of the spec, in their order; others may follow
     * @throws IllegalArgumentException naming the op, the input, what was expected and what was found
     */
    public LifetimeTensors(String op, LifetimeSpec spec, List<INDArray> inputs) {
        this(op, spec, spec.signature(), inputs);
    }

    /**
     * The same where the op takes more.
     *
     * @param signature that of the spec, and other inputs after it
     */
    public LifetimeTensors(String op, LifetimeSpec spec, Signature signature, List<INDArray> inputs) {
        super(op, signature, inputs);
        this.spec = spec;
    }

    /**
     * What is known of lifetimes before their external input is.
     *
     * @param where what takes them
     * @param arrays parameters, or a state, by the labels of their slots
     * @param type FLOAT or DOUBLE
     * @throws IllegalArgumentException naming the array, what was expected and what was found
     */
    public LifetimeTensors(String where, LifetimeSpec spec, Map<String, INDArray> arrays, DataType type, int batch) {
        super(where, spec.signature(), arrays, type, batch);
        this.spec = spec;
    }

    /** Rejects a clamp mask that holds anything but 0 and 1; the gradients rely on it. */
    public static double requireBinary(double mask) {
        if (mask != 0 && mask != 1) {
            throw new IllegalArgumentException(
                    Slot.MASK.label() + ": expected 1 where a neuron is clamped and 0 elsewhere, found " + mask + ".");
        }
        return mask;
    }

    public LifetimeSpec spec() {
        return spec;
    }

    public INDArray get(Slot slot) {
        return get(slot.label());
    }

    public boolean has(Slot slot) {
        return get(slot) != null;
    }

    /** n. */
    public int neurons() {
        return spec.layer().outputs();
    }
}
