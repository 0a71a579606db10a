package org.plastic4j.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plastic4j.core.accelerator.LifetimeAccelerator.Shape;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Signature;
import org.plastic4j.core.spec.Slot;
import org.plastic4j.devicetraining.ResidentCompletion;

/** A completion network that is trained on a GPU. */
final class DeviceCompletion implements ResidentCompletion {
    private static final int THREADS = 256;
    private static final int BLOCKS = 1024;
    private static final int SQUARE_BLOCKS = 64;

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
    private final DeviceArray inputNow;
    private final DeviceArray targetNow;
    private final DeviceArray y;
    private final DeviceArray yGradient;
    private final DeviceArray losses;
    private final FloatBuffer lossesHere;
    private final DeviceArray squareSums;
    private final FloatBuffer squareSumsHere;

    private DeviceCompletion(CudaDevice device, Network network, DeviceLifetime lifetime) {
        this.device = device;
        this.lifetime = lifetime;
        shape = network.lifetimes();
        values = network.values();
        gain = network.gain();
        long rows = (long) shape.steps() * shape.batch();
        LifetimeSpec spec = shape.spec();
        for (Slot slot : spec.inputs()) {
            if (slot == Slot.DRIVE || slot == Slot.MASK || slot == Slot.VALUE) {
                inputs.put(slot, floats(rows * shape.neurons()));
            } else {
                DeviceArray parameter = floats(length(slot));
                inputs.put(slot, parameter);
                gradients.put(slot, floats(parameter.length()));
                means.put(slot, floats(parameter.length()));
                squares.put(slot, floats(parameter.length()));
            }
        }
        gradients.put(Slot.DRIVE, floats(rows * shape.neurons()));
        inputNow = floats(rows * values);
        targetNow = floats((long) shape.batch() * values);
        y = floats(rows * shape.neurons());
        // All but the last step's is zero, and stays so.
        yGradient = floats(rows * shape.neurons());
        losses = floats(shape.batch());
        lossesHere = direct(shape.batch());
        squareSums = floats(SQUARE_BLOCKS);
        squareSumsHere = direct(SQUARE_BLOCKS);
    }

    /** Empty if the device is too small for so many neurons. */
    static Optional<ResidentCompletion> of(CudaDevice device, Network network) {
        return DeviceLifetime.of(device, network.lifetimes())
                .map(lifetime -> new DeviceCompletion(device, network, lifetime));
    }

    private static FloatBuffer direct(int length) {
        return ByteBuffer.allocateDirect(length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private long length(Slot parameter) {
        List<Long> sizes = shape.spec().signature().get(parameter.label()).shape();
        if (sizes.contains(Signature.BATCH)) {
            throw new IllegalArgumentException("no parameter of a network that begins at rest: " + parameter);
        }
        return sizes.stream().reduce(1L, Math::multiplyExact);
    }

    private DeviceArray floats(long length) {
        DeviceArray array = DeviceArray.floats(device, length);
        owned.add(array);
        return array;
    }

    @Override
    public Set<Slot> parameters() {
        return means.keySet();
    }

    @Override
    public double gradient(FloatBuffer input, FloatBuffer target) {
        inputNow.upload(input);
        targetNow.upload(target);
        run();
        losses.download(lossesHere);
        double loss = 0;
        for (int b = 0; b < shape.batch(); b++) {
            loss += lossesHere.get(b);
        }
        return loss;
    }

    @Override
    public double squares(Slot parameter) {
        DeviceArray gradient = gradients.get(parameter);
        device.kernel("vectors", "sum_squares")
                .launch(SQUARE_BLOCKS, 1, 1, THREADS, gradient, squareSums, gradient.length());
        squareSums.download(squareSumsHere);
        double sum = 0;
        for (int k = 0; k < SQUARE_BLOCKS; k++) {
            sum += squareSumsHere.get(k);
        }
        return sum;
    }

    @Override
    public void update(Adam adam) {
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
                        (float) adam.rate(),
                        (float) adam.beta1(),
                        (float) adam.beta2(),
                        (float) adam.epsilon(),
                        (float) adam.scale(),
                        mean.length()));
    }

    private void run() {
        int n = shape.neurons();
        int rows = shape.steps() * shape.batch();
        device.kernel("vectors", "present")
                .launch(
                        Math.min(BLOCKS, KernelLayout.ceiling(rows * n, THREADS)),
                        1,
                        1,
                        THREADS,
                        inputNow,
                        inputs.get(Slot.DRIVE),
                        inputs.get(Slot.MASK),
                        inputs.get(Slot.VALUE),
                        (float) gain,
                        rows,
                        values,
                        n);
        lifetime.forward(inputs, y, List.of());
        long last = (long) (shape.steps() - 1) * shape.batch() * n;
        device.kernel("vectors", "squared_error")
                .launch(shape.batch(), 1, 1, THREADS, y, yGradient, last, targetNow, losses, shape.batch(), values, n);
        lifetime.backward(inputs, y, yGradient, List.of(), gradients);
    }

    @Override
    public void predict(FloatBuffer outputs) {
        y.download((long) (shape.steps() - 1) * shape.batch() * shape.neurons(), outputs);
    }

    @Override
    public void read(Slot parameter, Part part, FloatBuffer elements) {
        held(parameter, part).download(elements);
    }

    @Override
    public void write(Slot parameter, Part part, FloatBuffer elements) {
        held(parameter, part).upload(elements);
    }

    private DeviceArray held(Slot parameter, Part part) {
        return (switch (part) {
                    case VALUE -> inputs;
                    case MEAN -> means;
                    case SQUARE -> squares;
                })
                .get(parameter);
    }

    @Override
    public void close() {
        lifetime.close();
        owned.forEach(DeviceArray::close);
    }
}
