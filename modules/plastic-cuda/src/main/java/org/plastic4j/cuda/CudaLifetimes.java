package org.plastic4j.cuda;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plastic4j.core.spec.Slot;
import org.plastic4j.devicetraining.ResidentCompletion;

/**
 * Lifetimes of graphs on a GPU: their inputs are brought there in every call, and their outputs back. What a shape needs
 * there stays for the next call, for the shapes used last.
 */
public final class CudaLifetimes implements ResidentCompletion.Device {
    private static final int SHAPES = 3;

    private final CudaDevice device;
    private final LinkedHashMap<Shape, Optional<Allocation>> allocations = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * On a device, which stays the caller's.
     *
     * @param device the GPU
     */
    public CudaLifetimes(CudaDevice device) {
        this.device = device;
    }

    @Override
    public String description() {
        return device.name();
    }

    @Override
    public synchronized boolean takes(Shape shape) {
        return allocation(shape).isPresent();
    }

    @Override
    public Optional<ResidentCompletion> completion(ResidentCompletion.Network network) {
        return DeviceCompletion.of(device, network);
    }

    private Optional<Allocation> allocation(Shape shape) {
        Optional<Allocation> found = allocations.get(shape);
        if (found == null) {
            if (allocations.size() == SHAPES) {
                Shape oldest = allocations.keySet().iterator().next();
                allocations.remove(oldest).ifPresent(Allocation::close);
            }
            found = DeviceLifetime.of(device, shape).map(Allocation::new);
            allocations.put(shape, found);
        }
        return found;
    }

    @Override
    public synchronized void forward(
            Shape shape, Map<Slot, FloatBuffer> inputs, FloatBuffer y, List<FloatBuffer> traces) {
        Allocation allocation = allocation(shape).orElseThrow();
        DeviceArray activity = allocation.array("y", y);
        List<DeviceArray> ends = allocation.arrays("trace", traces);
        allocation.lifetime.forward(allocation.uploaded(inputs), activity, ends);
        activity.download(y);
        for (int k = 0; k < ends.size(); k++) {
            ends.get(k).download(traces.get(k));
        }
    }

    @Override
    public synchronized void backward(
            Shape shape,
            Map<Slot, FloatBuffer> inputs,
            FloatBuffer y,
            FloatBuffer yGradient,
            List<FloatBuffer> traceGradients,
            Map<Slot, FloatBuffer> gradients) {
        Allocation allocation = allocation(shape).orElseThrow();
        List<DeviceArray> ends = allocation.arrays("trace", traceGradients);
        for (int k = 0; k < ends.size(); k++) {
            ends.get(k).upload(traceGradients.get(k));
        }
        Map<Slot, DeviceArray> results = new EnumMap<>(Slot.class);
        gradients.forEach((slot, values) -> results.put(slot, allocation.array("gradient of " + slot, values)));
        allocation.lifetime.backward(
                allocation.uploaded(inputs),
                allocation.uploaded("y", y),
                allocation.uploaded("gradient of y", yGradient),
                ends,
                results);
        gradients.forEach((slot, values) -> results.get(slot).download(values));
    }

    /** What a shape has on the device. */
    private final class Allocation implements AutoCloseable {
        private final DeviceLifetime lifetime;
        private final Map<String, DeviceArray> arrays = new LinkedHashMap<>();

        Allocation(DeviceLifetime lifetime) {
            this.lifetime = lifetime;
        }

        DeviceArray array(String name, FloatBuffer like) {
            return arrays.computeIfAbsent(name, key -> DeviceArray.floats(device, like.limit()));
        }

        List<DeviceArray> arrays(String name, List<FloatBuffer> like) {
            List<DeviceArray> all = new ArrayList<>();
            for (FloatBuffer values : like) {
                all.add(array(name + all.size(), values));
            }
            return all;
        }

        DeviceArray uploaded(String name, FloatBuffer values) {
            DeviceArray array = array(name, values);
            array.upload(values);
            return array;
        }

        Map<Slot, DeviceArray> uploaded(Map<Slot, FloatBuffer> inputs) {
            Map<Slot, DeviceArray> all = new EnumMap<>(Slot.class);
            inputs.forEach((slot, values) -> all.put(slot, uploaded(slot.name(), values)));
            return all;
        }

        @Override
        public void close() {
            lifetime.close();
            arrays.values().forEach(DeviceArray::close);
        }
    }
}
