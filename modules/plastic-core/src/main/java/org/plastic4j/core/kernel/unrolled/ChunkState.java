package org.plastic4j.core.kernel.unrolled;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Slot;

/**
 * What a chunk begins from and leaves behind, or gradients with respect to that.
 *
 * @param arrays in the order of {@link #slots}: y [B, n] and the traces, each [B, n, n]
 */
record ChunkState(List<INDArray> arrays) implements AutoCloseable {
    ChunkState {
        arrays = List.copyOf(arrays);
    }

    /** What there is to carry from step to step. */
    static List<Slot> slots(LifetimeSpec spec) {
        return Stream.of(Slot.Y0, Slot.HEBB0, Slot.ELIGIBILITY0)
                .limit(1 + spec.traces())
                .toList();
    }

    /** Copies of what lifetimes begin from. */
    static ChunkState first(LifetimeTensors in) {
        return new ChunkState(slots(in.spec()).stream()
                .map(slot -> in.has(slot) ? in.get(slot).dup('c') : zeros(slot, in))
                .toList());
    }

    /** Copies of the gradients of final traces; of y there is none yet. */
    static ChunkState ofTraces(LifetimeTensors in, INDArray... traceGradients) {
        List<Slot> slots = slots(in.spec());
        return new ChunkState(slots.stream()
                .map(slot -> slot == Slot.Y0 || traceGradients.length == 0
                        ? zeros(slot, in)
                        : traceGradients[slots.indexOf(slot) - 1].dup('c'))
                .toList());
    }

    /** Those that are there by their labels, and zeros for the others. */
    static ChunkState of(Map<String, INDArray> arrays, LifetimeTensors in) {
        return new ChunkState(slots(in.spec()).stream()
                .map(slot -> arrays.containsKey(slot.label()) ? arrays.get(slot.label()) : zeros(slot, in))
                .toList());
    }

    private static INDArray zeros(Slot slot, LifetimeTensors in) {
        int n = in.neurons();
        return slot == Slot.Y0 ? Nd4j.zeros(in.type(), in.batch(), n) : Nd4j.zeros(in.type(), in.batch(), n, n);
    }

    Map<String, INDArray> byLabel(LifetimeSpec spec) {
        Map<String, INDArray> byLabel = new LinkedHashMap<>();
        slots(spec).forEach(slot -> byLabel.put(slot.label(), arrays.get(byLabel.size())));
        return byLabel;
    }

    INDArray y() {
        return arrays.get(0);
    }

    List<INDArray> traces() {
        return arrays.subList(1, arrays.size());
    }

    void storeTraces(INDArray... into) {
        for (int k = 0; k < into.length; k++) {
            into[k].assign(traces().get(k));
        }
    }

    /** Closes an array that is its own and not closed yet. */
    static void close(INDArray array) {
        if (array.closeable() && !array.wasClosed()) {
            array.close();
        }
    }

    @Override
    public void close() {
        arrays.forEach(ChunkState::close);
    }
}
