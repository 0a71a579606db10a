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
 * there is kept for the next call, for the shapes used last.
 */
public final class CudaLifetimes implements ResidentCompletion.Device {
    private static final int SHAPES = 3;

    private final CudaDevice device;
    private final LinkedHashMap<Shape, Optional<Place>> places = new LinkedHashMap<>(16, 0.75f, true);

    /** On a device, which stays the caller's. */
    public CudaLifetimes(CudaDevice device) {
        this.device = device;
    }

    @Override
    public String description() {
        return device.name();
    }

    @Override
    public synchronized boolean takes(Shape shape) {
        return place(shape).isPresent();
    }

    @Override
    public Optional<ResidentCompletion> completion(ResidentCompletion.Network network) {
        return DeviceCompletion.of(device, network);
    }

    private Optional<Place> place(Shape shape) {
        Optional<Place> found = places.get(shape);
        if (found == null) {
            if (places.size() == SHAPES) {
                Shape oldest = places.keySet().iterator().next();
                places.remove(oldest).ifPresent(Place::close);
            }
            found = DeviceLifetime.of(device, shape).map(Place::new);
            places.put(shape, found);
        }
        return found;
    }

    @Override
    public synchronized void forward(
            Shape shape, Map<Slot, FloatBuffer> inputs, FloatBuffer y, List<FloatBuffer> traces) {
        Place place = place(shape).orElseThrow();
        DeviceArray activity = place.array("y", y);
        List<DeviceArray> ends = place.arrays("trace", traces);
        place.lifetime.live(place.uploaded(inputs), activity, ends);
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
        Place place = place(shape).orElseThrow();
        List<DeviceArray> ends = place.arrays("trace", traceGradients);
        for (int k = 0; k < ends.size(); k++) {
            ends.get(k).upload(traceGradients.get(k));
        }
        Map<Slot, DeviceArray> results = new EnumMap<>(Slot.class);
        gradients.forEach((slot, numbers) -> results.put(slot, place.array("gradient of " + slot, numbers)));
        place.lifetime.back(
                place.uploaded(inputs),
                place.uploaded("y", y),
                place.uploaded("gradient of y", yGradient),
                ends,
                results);
        gradients.forEach((slot, numbers) -> results.get(slot).download(numbers));
    }

    /** What a shape has on the device. */
    private final class Place implements AutoCloseable {
        private final DeviceLifetime lifetime;
        private final Map<String, DeviceArray> arrays = new LinkedHashMap<>();

        Place(DeviceLifetime lifetime) {
            this.lifetime = lifetime;
        }

        DeviceArray array(String name, FloatBuffer like) {
            return arrays.computeIfAbsent(name, key -> DeviceArray.floats(device, like.limit()));
        }

        List<DeviceArray> arrays(String name, List<FloatBuffer> like) {
            List<DeviceArray> all = new ArrayList<>();
            for (FloatBuffer numbers : like) {
                all.add(array(name + all.size(), numbers));
            }
            return all;
        }

        DeviceArray uploaded(String name, FloatBuffer numbers) {
            DeviceArray array = array(name, numbers);
            array.upload(numbers);
            return array;
        }

        Map<Slot, DeviceArray> uploaded(Map<Slot, FloatBuffer> inputs) {
            Map<Slot, DeviceArray> all = new EnumMap<>(Slot.class);
            inputs.forEach((slot, numbers) -> all.put(slot, uploaded(slot.name(), numbers)));
            return all;
        }

        @Override
        public void close() {
            lifetime.close();
            arrays.values().forEach(DeviceArray::close);
        }
    }
}
