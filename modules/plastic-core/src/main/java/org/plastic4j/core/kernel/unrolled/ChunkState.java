package org.plastic4j.core.kernel.unrolled;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.rule.NeuronState;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Slot;

/**
 * What a chunk begins from and leaves behind, or gradients with respect to that.
 *
 * @param arrays in the order of {@link #parts}: y [B, n], the traces, each [B, n, n], and states of neurons, each [B, n]
 */
record ChunkState(List<INDArray> arrays) implements AutoCloseable {
    /**
     * A part of what is carried from step to step.
     *
     * @param initial where nothing is given
     */
    private record Part(String label, boolean ofConnections, double initial) {}

    private static final String NEURON_STATE = "state ";

    ChunkState {
        arrays = List.copyOf(arrays);
    }

    private static List<Part> parts(LifetimeSpec spec) {
        Stream<Part> slots = slots(spec).stream().map(slot -> new Part(slot.label(), slot != Slot.Y0, 0));
        Stream<Part> states =
                spec.layer().states().stream().map(state -> new Part(label(state), false, state.initial()));
        return Stream.concat(slots, states).toList();
    }

    /** The inputs of an op among what is carried. */
    static List<Slot> slots(LifetimeSpec spec) {
        return Stream.of(Slot.Y0, Slot.HEBB0, Slot.ELIGIBILITY0)
                .limit(1 + spec.traces())
                .toList();
    }

    /** What a state of neurons is called among inputs. */
    static String label(NeuronState state) {
        return NEURON_STATE + state.key();
    }

    /** Copies of what lifetimes begin from. */
    static ChunkState first(LifetimeTensors in, INDArray... states) {
        int neurons = in.spec().layer().states().size();
        int before = 1 + in.spec().traces();
        List<INDArray> arrays = new ArrayList<>();
        for (Part part : parts(in.spec())) {
            int k = arrays.size() - before;
            INDArray given = k < 0 ? in.get(part.label()) : states.length == neurons ? states[k] : null;
            arrays.add(given == null ? alike(part, part.initial(), in) : given.dup('c'));
        }
        return new ChunkState(arrays);
    }

    /** Copies of the gradients of final traces; of y and of states of neurons there are none yet. */
    static ChunkState ofTraces(LifetimeTensors in, INDArray... traceGradients) {
        List<INDArray> arrays = new ArrayList<>();
        for (Part part : parts(in.spec())) {
            boolean given = part.ofConnections() && traceGradients.length > 0;
            arrays.add(given ? traceGradients[arrays.size() - 1].dup('c') : alike(part, 0, in));
        }
        return new ChunkState(arrays);
    }

    /** Those that are there by their labels, and zeros for the others. */
    static ChunkState of(Map<String, INDArray> arrays, LifetimeTensors in) {
        return new ChunkState(parts(in.spec()).stream()
                .map(part -> arrays.containsKey(part.label()) ? arrays.get(part.label()) : alike(part, 0, in))
                .toList());
    }

    private static INDArray alike(Part part, double value, LifetimeTensors in) {
        int n = in.neurons();
        long[] shape = part.ofConnections() ? new long[] {in.batch(), n, n} : new long[] {in.batch(), n};
        return Nd4j.valueArrayOf(shape, value, in.type());
    }

    Map<String, INDArray> byLabel(LifetimeSpec spec) {
        Map<String, INDArray> byLabel = new LinkedHashMap<>();
        parts(spec).forEach(part -> byLabel.put(part.label(), arrays.get(byLabel.size())));
        return byLabel;
    }

    INDArray y() {
        return arrays.get(0);
    }

    /** The traces and the states of neurons. */
    List<INDArray> memory() {
        return arrays.subList(1, arrays.size());
    }

    /** Writes what follows y, as far as there are arrays for it. */
    void storeMemory(INDArray... into) {
        for (int k = 0; k < into.length; k++) {
            into[k].assign(memory().get(k));
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
