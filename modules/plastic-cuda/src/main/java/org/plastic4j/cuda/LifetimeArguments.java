package org.plastic4j.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;
import org.plastic4j.core.accelerator.LifetimeAccelerator.Shape;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.spec.Slot;

/** The structure that all kernels of a lifetime are given: {@code arguments.cuh} has its fields and their shapes. */
final class LifetimeArguments {
    /** The pointers, in the structure's order. */
    enum Field {
        DRIVE,
        W,
        ALPHA,
        ETA,
        MODULATOR_WEIGHTS,
        MODULATOR_BIAS,
        FAN_OUT_WEIGHTS,
        FAN_OUT_BIAS,
        MASK,
        VALUE,
        Y0,
        HEBB0,
        ELIGIBILITY0,
        Y,
        HEBB,
        ELIGIBILITY,
        Y_GRADIENT,
        HEBB_GRADIENT,
        ELIGIBILITY_GRADIENT,
        SIGNALS,
        DRIVE_GRADIENT,
        VALUE_GRADIENT,
        Y0_GRADIENT,
        HEBB0_GRADIENT,
        ELIGIBILITY0_GRADIENT,
        ALPHA_GRADIENTS,
        MODULATOR_WEIGHTS_GRADIENTS,
        FAN_OUT_WEIGHTS_GRADIENTS,
        FAN_OUT_BIAS_GRADIENTS,
        ETA_GRADIENTS,
        MODULATOR_BIAS_GRADIENTS,
        KEPT,
        EVERY,
        WORKING,
        EXCHANGE
    }

    private static final int INTS_AND_FLOATS = 9;

    private final Map<Field, DeviceArray> arrays = new EnumMap<>(Field.class);
    private final Shape shape;
    private final KernelPlan plan;
    private final int longSteps;
    private final int tag;

    /**
     * @param longSteps steps in a long chunk
     * @param tag larger than all that the exchange has seen
     */
    LifetimeArguments(Shape shape, KernelPlan plan, int longSteps, int tag) {
        this.shape = shape;
        this.plan = plan;
        this.longSteps = longSteps;
        this.tag = tag;
    }

    /** A null array is left out. */
    LifetimeArguments with(Field field, DeviceArray array) {
        if (array != null) {
            arrays.put(field, array);
        }
        return this;
    }

    /** An input. */
    LifetimeArguments with(Slot slot, DeviceArray array) {
        return with(Field.valueOf(slot.name()), array);
    }

    ByteBuffer bytes() {
        ByteBuffer bytes = ByteBuffer.allocateDirect(
                        Field.values().length * Long.BYTES + (INTS_AND_FLOATS + 1) / 2 * Long.BYTES)
                .order(ByteOrder.nativeOrder());
        for (Field field : Field.values()) {
            bytes.putLong(arrays.containsKey(field) ? arrays.get(field).address() : 0);
        }
        bytes.putInt(shape.neurons()).putInt(shape.steps()).putInt(shape.batch());
        bytes.putInt(plan.slices()).putInt(plan.teams());
        bytes.putInt(shape.spec().alpha() == Alpha.SHARED ? 1 : 0);
        bytes.putInt(longSteps).putInt(tag);
        double bound = shape.spec().isPlastic() ? shape.spec().rule().bound() : Double.POSITIVE_INFINITY;
        bytes.putFloat((float) bound);
        return bytes.rewind();
    }
}
