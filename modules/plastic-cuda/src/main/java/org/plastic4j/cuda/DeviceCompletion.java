package org.plastic4j.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plastic4j.core.fused.LifetimeAccelerator.Shape;
import org.plastic4j.core.fused.LifetimeSpec;
import org.plastic4j.core.fused.Slot;

/**
 * A network that completes what it is shown, trained on a device: parameters, gradients and Adam's moments stay there for a
 * whole training. An update brings what is shown and asked for, and gives back the loss.
 *
 * <p>Neuron j receives value j, and the neuron after the last value a constant 1; there may be more. What is asked for is
 * what the values' neurons give in the last step, the loss the summed squared distance from it, in the mean over the batch.
 */
public final class DeviceCompletion implements AutoCloseable {
    private static final int THREADS = 256;
    private static final int BLOCKS = 1024;

    private final CudaDevice device;
    private final Shape shape;
    private final int values;
    private final double gain;
    private final DeviceLifetime lifetime;
    private final List<DeviceArray> owned = new ArrayList<>();
    private final Map<Slot, DeviceArray> inputs = new EnumMap<>(Slot.class);
    private final Map<Slot, DeviceArray> gradients = new EnumMap<>(Slot.class);
    private final Map<Slot, DeviceArray> means = new EnumMap<>(Slot.class);
    private final Map<Slot, DeviceArray> squares = new EnumMap<>(Slot.class);
    private final DeviceArray shown;
    private final DeviceArray asked;
    private final DeviceArray y;
    private final DeviceArray yGradient;
    private final DeviceArray losses;
    private final FloatBuffer lossesHere;
    private int updates;

    /**
     * How parameters change.
     *
     * @param rate the learning rate
     * @param beta1 of the mean
     * @param beta2 of the mean square
     * @param epsilon added before the correction for bias, as ND4J does
     */
    public record Adam(double rate, double beta1, double beta2, double epsilon) {}

    /**
     * @param shape the lifetimes, from rest, without a clamp or with one
     * @param values how many neurons are shown a value; the shape has at least one more
     * @param gain what is shown is multiplied by, where it drives; without meaning where it clamps
     * @param initial w, alpha and the rule's parameters
     * @throws IllegalArgumentException if the device is too small for so many neurons
     */
    public DeviceCompletion(CudaDevice device, Shape shape, int values, double gain, Map<Slot, FloatBuffer> initial) {
        this.device = device;
        this.shape = shape;
        this.values = values;
        this.gain = gain;
        Optional<DeviceLifetime> found = DeviceLifetime.of(device, shape);
        lifetime = found.orElseThrow(() -> new IllegalArgumentException("DeviceCompletion: expected a layer that fits "
                + device.name() + ", found " + shape.neurons() + " neurons."));
        long rows = (long) shape.steps() * shape.batch();
        LifetimeSpec spec = shape.spec();
        for (Slot slot : spec.inputs()) {
            if (slot == Slot.DRIVE || slot == Slot.MASK || slot == Slot.VALUE) {
                inputs.put(slot, floats(rows * shape.neurons()));
            } else {
                DeviceArray parameter = floats(initial.get(slot).limit());
                parameter.upload(initial.get(slot));
                inputs.put(slot, parameter);
                gradients.put(slot, floats(parameter.length()));
                means.put(slot, floats(parameter.length()));
                squares.put(slot, floats(parameter.length()));
            }
        }
        gradients.put(Slot.DRIVE, floats(rows * shape.neurons()));
        shown = floats(rows * values);
        asked = floats((long) shape.batch() * values);
        y = floats(rows * shape.neurons());
        // All but the last step's is zero, and stays so.
        yGradient = floats(rows * shape.neurons());
        losses = floats(shape.batch());
        lossesHere = ByteBuffer.allocateDirect(shape.batch() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private DeviceArray floats(long length) {
        DeviceArray array = DeviceArray.floats(device, length);
        owned.add(array);
        return array;
    }

    /**
     * Lives a batch of lifetimes and makes an update.
     *
     * @param shownNow [T, B, values]
     * @param askedNow [B, values]
     * @return the loss, before the update
     */
    public double update(FloatBuffer shownNow, FloatBuffer askedNow, Adam adam) {
        shown.upload(shownNow);
        asked.upload(askedNow);
        gradient();
        updates++;
        double rate =
                adam.rate() * Math.sqrt(1 - Math.pow(adam.beta2(), updates)) / (1 - Math.pow(adam.beta1(), updates));
        means.forEach((slot, mean) -> device.kernel("vectors", "adam")
                .launch(
                        (int) Math.min(BLOCKS, (mean.length() + THREADS - 1) / THREADS),
                        1,
                        1,
                        THREADS,
                        inputs.get(slot),
                        gradients.get(slot),
                        mean,
                        squares.get(slot),
                        (float) rate,
                        (float) adam.beta1(),
                        (float) adam.beta2(),
                        (float) adam.epsilon(),
                        mean.length()));
        losses.download(lossesHere);
        double loss = 0;
        for (int b = 0; b < shape.batch(); b++) {
            loss += lossesHere.get(b);
        }
        return loss;
    }

    private void gradient() {
        int n = shape.neurons();
        int rows = shape.steps() * shape.batch();
        device.kernel("vectors", "present")
                .launch(
                        Math.min(BLOCKS, KernelLayout.ceiling(rows * n, THREADS)),
                        1,
                        1,
                        THREADS,
                        shown,
                        inputs.get(Slot.DRIVE),
                        inputs.get(Slot.MASK),
                        inputs.get(Slot.VALUE),
                        (float) gain,
                        rows,
                        values,
                        n);
        lifetime.live(inputs, y, List.of());
        long last = (long) (shape.steps() - 1) * shape.batch() * n;
        device.kernel("vectors", "squared_error")
                .launch(shape.batch(), 1, 1, THREADS, y, yGradient, last, asked, losses, shape.batch(), values, n);
        lifetime.back(inputs, y, yGradient, List.of(), gradients);
    }

    /** The outputs of the last step, [B, n]. */
    public void answer(FloatBuffer numbers) {
        y.download((long) (shape.steps() - 1) * shape.batch() * shape.neurons(), numbers);
    }

    /** A parameter as it is now. */
    public void parameter(Slot slot, FloatBuffer numbers) {
        inputs.get(slot).download(numbers);
    }

    @Override
    public void close() {
        lifetime.close();
        owned.forEach(DeviceArray::close);
    }
}
