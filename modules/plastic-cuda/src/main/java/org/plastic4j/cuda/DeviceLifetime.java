package org.plastic4j.cuda;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.plastic4j.core.accelerator.LifetimeAccelerator.Shape;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.spec.Slot;
import org.plastic4j.cuda.LifetimeArguments.Field;

/**
 * Lifetimes of one shape on a device, whose inputs, outputs and gradients stay there; it has what they need besides. Nothing
 * waits: results are there for the next work on the device.
 *
 * <p>Its memory is that of about {@code 1.25 sqrt(T)} traces, each of {@code n^2} values, for each lifetime that runs
 * at a time.
 */
public final class DeviceLifetime implements AutoCloseable {
    private static final int CHUNK = 8;
    private static final int SPACING = 4;
    private static final int EDGE = 64;
    private static final int DEPTH = 16;
    private static final int PRODUCT_THREADS = 256;
    private static final int PRODUCT_BLOCKS = 512;
    private static final int SUM_THREADS = 1024;
    private static final int SUM_BLOCKS = 1024;
    private static final int WARP = 32;
    /** Streamed blocks hold H, E, the gradients of both, and that of alpha. */
    private static final int WORKING = 5;
    /** Tags begin anew before they get to where an int has its sign. */
    private static final int LAST_TAG = Integer.MAX_VALUE;

    private final CudaDevice device;
    private final Shape shape;
    private final KernelRule rule;
    private final KernelPlan forward;
    private final KernelPlan backward;
    private final int longSteps;
    private final List<DeviceArray> owned = new ArrayList<>();
    private final DeviceArray checkpoints;
    private final DeviceArray every;
    private final DeviceArray working;
    private final Map<Field, DeviceArray> parts = new EnumMap<>(Field.class);
    private final DeviceArray signals;
    private final int partitions;
    private final int partition;
    private final DeviceArray weightParts;
    private DeviceArray exchange;
    private int tag = 1;

    private DeviceLifetime(CudaDevice device, Shape shape, KernelPlan.Pair plans) {
        this.device = device;
        this.shape = shape;
        rule = KernelRule.of(shape.spec());
        forward = plans.forward();
        backward = plans.backward();
        longSteps = longSteps(shape.steps());
        int n = shape.neurons();
        long trace = backward.layout().traceSize(n);
        long traces = rule.traces() * trace * backward.teams();
        checkpoints = floats(traces * KernelLayout.ceiling(shape.steps(), longSteps));
        every = floats(traces * (longSteps / SPACING));
        working = floats(
                forward.layout().isResident() ? 0 : WORKING * trace * Math.max(forward.teams(), backward.teams()));
        signals = rule.isModulated() ? floats((long) shape.steps() * shape.batch()) : null;
        int rows = Math.multiplyExact(shape.steps(), shape.batch());
        int tiles = KernelLayout.ceiling(n, EDGE) * KernelLayout.ceiling(n, EDGE);
        int most = Math.max(1, Math.min(KernelLayout.ceiling(rows, EDGE), PRODUCT_BLOCKS / tiles));
        partition = KernelLayout.ceiling(KernelLayout.ceiling(rows, most), DEPTH) * DEPTH;
        partitions = KernelLayout.ceiling(rows, partition);
        weightParts = partitions > 1 ? floats((long) partitions * n * n) : null;
        exchange = exchange();
        for (Slot slot : shape.spec().inputs()) {
            switch (slot) {
                case ALPHA -> {
                    if (backward.teams() > 1 || shape.spec().alpha() == Alpha.SHARED) {
                        parts.put(Field.ALPHA_GRADIENTS, floats((long) backward.teams() * n * n));
                    }
                }
                case ETA, MODULATOR_WEIGHTS, FAN_OUT_WEIGHTS, FAN_OUT_BIAS ->
                    parts.put(partsOf(slot), floats((long) backward.teams() * n));
                case MODULATOR_BIAS -> parts.put(partsOf(slot), floats(backward.teams()));
                default -> {
                    // It has no sum over lifetimes.
                }
            }
        }
    }

    /**
     * Empty if the device is too small for so many neurons.
     *
     * @param device the GPU
     * @param shape sizes, rule and inputs of the lifetimes
     * @return the lifetimes' arrays and kernels
     */
    public static Optional<DeviceLifetime> of(CudaDevice device, Shape shape) {
        return KernelPlan.of(device, shape).map(plans -> new DeviceLifetime(device, shape, plans));
    }

    /** A multiple of a chunk near the square root: there are as many checkpoints at the ends of long chunks as within one. */
    static int longSteps(int steps) {
        return Math.max(CHUNK, (int) Math.sqrt(steps) / CHUNK * CHUNK);
    }

    private DeviceArray floats(long length) {
        DeviceArray array = DeviceArray.floats(device, length);
        owned.add(array);
        return array;
    }

    private DeviceArray exchange() {
        long n = shape.neurons();
        long ofForward = forward.teams() * 2 * n;
        long slices = backward.slices();
        long ofBackward = backward.teams() * 2 * (slices * backward.layout().threadColumns() * n + slices);
        return DeviceArray.words(device, Math.max(ofForward, ofBackward));
    }

    private static Field partsOf(Slot slot) {
        return Field.valueOf(slot.name() + "_GRADIENTS");
    }

    private LifetimeArguments arguments(KernelPlan plan, Map<Slot, DeviceArray> inputs) {
        int needed = Math.multiplyExact(KernelLayout.ceiling(shape.batch(), plan.teams()), shape.steps() + 1);
        if (tag > LAST_TAG - needed) {
            exchange.close();
            exchange = exchange();
            tag = 1;
        }
        LifetimeArguments arguments = new LifetimeArguments(shape, plan, longSteps, tag)
                .with(Field.EXCHANGE, exchange)
                .with(Field.WORKING, working);
        tag += needed;
        shape.spec().inputs().forEach(slot -> arguments.with(slot, inputs.get(slot)));
        return arguments;
    }

    /**
     * Runs the lifetimes.
     *
     * @param inputs those of the shape's spec
     * @param y receives the outputs, [T, B, n]
     * @param traces receive the final traces, each [B, n, n]; none of them if they are not wanted
     */
    public void forward(Map<Slot, DeviceArray> inputs, DeviceArray y, List<DeviceArray> traces) {
        forward.launch(arguments(forward, inputs)
                .with(Field.Y, y)
                .with(Field.HEBB, traces.isEmpty() ? null : traces.get(0))
                .with(Field.ELIGIBILITY, traces.size() < 2 ? null : traces.get(1)));
    }

    /**
     * The gradients of {@code sum(y * yGradient)} and the same of each final trace.
     *
     * @param inputs as in {@link #forward}
     * @param y what that gave
     * @param yGradient [T, B, n]
     * @param traceGradients each [B, n, n]; empty where they are zero
     * @param gradients receive the gradients: of the drive and the parameters always, of others as they are there
     */
    public void backward(
            Map<Slot, DeviceArray> inputs,
            DeviceArray y,
            DeviceArray yGradient,
            List<DeviceArray> traceGradients,
            Map<Slot, DeviceArray> gradients) {
        if (rule.isModulated()) {
            int rows = shape.steps() * shape.batch();
            device.kernel("vectors", "signals")
                    .launch(
                            KernelLayout.ceiling(rows, PRODUCT_THREADS / WARP),
                            1,
                            1,
                            PRODUCT_THREADS,
                            y,
                            inputs.get(Slot.MODULATOR_WEIGHTS),
                            inputs.get(Slot.MODULATOR_BIAS),
                            signals,
                            rows,
                            shape.neurons());
        }
        LifetimeArguments arguments = arguments(backward, inputs)
                .with(Field.Y, y)
                .with(Field.Y_GRADIENT, yGradient)
                .with(Field.HEBB_GRADIENT, traceGradients.isEmpty() ? null : traceGradients.get(0))
                .with(Field.ELIGIBILITY_GRADIENT, traceGradients.size() < 2 ? null : traceGradients.get(1))
                .with(Field.SIGNALS, signals)
                .with(Field.KEPT, checkpoints)
                .with(Field.EVERY, every)
                .with(Field.DRIVE_GRADIENT, gradients.get(Slot.DRIVE))
                .with(Field.VALUE_GRADIENT, gradients.get(Slot.VALUE))
                .with(Field.Y0_GRADIENT, gradients.get(Slot.Y0))
                .with(Field.HEBB0_GRADIENT, gradients.get(Slot.HEBB0))
                .with(Field.ELIGIBILITY0_GRADIENT, gradients.get(Slot.ELIGIBILITY0))
                .with(Field.ALPHA_GRADIENTS, gradients.get(Slot.ALPHA));
        parts.forEach(arguments::with);
        backward.launch(arguments);
        weights(inputs, y, gradients);
        parts.forEach((field, summands) -> sum(field, summands, gradients));
    }

    private void weights(Map<Slot, DeviceArray> inputs, DeviceArray y, Map<Slot, DeviceArray> gradients) {
        int n = shape.neurons();
        int tiles = KernelLayout.ceiling(n, EDGE);
        DeviceArray sum = gradients.get(Slot.W);
        device.kernel("vectors", "weight_products")
                .launch(
                        tiles,
                        tiles,
                        partitions,
                        PRODUCT_THREADS,
                        y,
                        inputs.get(Slot.Y0),
                        gradients.get(Slot.DRIVE),
                        partitions > 1 ? weightParts : sum,
                        n,
                        shape.batch(),
                        shape.steps() * shape.batch(),
                        partition);
        if (partitions > 1) {
            sumParts(weightParts, sum, partitions);
        }
    }

    private void sum(Field field, DeviceArray summands, Map<Slot, DeviceArray> gradients) {
        Slot slot = Slot.valueOf(field.name().substring(0, field.name().length() - "_GRADIENTS".length()));
        DeviceArray sum = gradients.get(slot);
        if (sum.length() == 1) {
            device.kernel("vectors", "sum_all").launch(1, 1, 1, SUM_THREADS, summands, sum, summands.length());
        } else {
            sumParts(summands, sum, backward.teams());
        }
    }

    private void sumParts(DeviceArray summands, DeviceArray sum, int count) {
        long blocks = Math.min(SUM_BLOCKS, (sum.length() + PRODUCT_THREADS - 1) / PRODUCT_THREADS);
        device.kernel("vectors", "sum_parts")
                .launch((int) blocks, 1, 1, PRODUCT_THREADS, summands, sum, sum.length(), count);
    }

    /** Blocks with a barrier in every step of a lifetime. */
    int slices() {
        return backward.slices();
    }

    /** How the work is partitioned. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %d blocks for each of %d lifetimes at a time",
                backward.layout().key(),
                backward.slices(),
                backward.teams());
    }

    @Override
    public void close() {
        owned.forEach(DeviceArray::close);
        exchange.close();
    }
}
