package org.plastic4j.core.lifetime;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.LifetimeThreads;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.kernel.StepKernel;
import org.plastic4j.core.op.Kernels;
import org.plastic4j.core.rule.NeuronState;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Signature;
import org.plastic4j.core.spec.Slot;

/**
 * Lifetimes of {@link PlasticCell} one step at a time, for agents whose next input depends on what they do: the external
 * input of step t + 1 may be made from y(t). No graph and no SameDiff call is involved but for rules that cannot be
 * compiled, and a step costs no more than a step of a whole lifetime.
 *
 * <p>Act with a stepper, record the external inputs, and let {@link FusedLifetime} run the same lifetime for its gradient:
 *
 * <pre>{@code
 * LifetimeStepper agent = new LifetimeStepper(cell, initial, 30);   // B = 30 lifetimes
 * List<INDArray> drives = new ArrayList<>();
 * INDArray y = agent.state().y();
 * for (int t = 0; t < 200; t++) {
 *     INDArray drive = world.observe(y);                             // [30, n]
 *     drives.add(drive);
 *     y = agent.step(drive);
 * }
 * // "drive" is the external input of the FusedLifetime of a graph with the same parameters
 * Map<String, INDArray> recorded = Map.of("drive", Nd4j.stack(0, drives.toArray(INDArray[]::new)));
 * Map<String, INDArray> gradients = graph.calculateGradients(recorded, initial.keySet());
 * }</pre>
 *
 * <p>The two agree in every bit: the outputs, and the traces at the end, are those that a {@code FusedLifetime} of the
 * same type gives which begins where {@link #begin} or {@link #restore restore} did and receives the same external inputs and
 * clamps; a clamp mask of zeros counts as none. Reading the {@link #state} changes nothing. A lifetime that was resumed with
 * {@code restore} agrees with the uninterrupted one to rounding.
 *
 * <p>What goes in is checked as a {@code FusedLifetime} checks it: shapes and types, and that there is no NaN or infinity
 * ({@link NotFiniteInput}).
 *
 * <p>Lifetimes may have any number of steps; memory does not depend on it. The results are the same for any number
 * of threads; those that {@link LifetimeThreads} says when the parameters are read are used where a step is long
 * enough. A stepper itself is for one thread at a time.
 */
public final class LifetimeStepper {
    private static final String NAME = LifetimeStepper.class.getSimpleName();

    private final PlasticCell cell;
    private final LifetimeSpec spec;
    private final int batch;
    private final DataType type;
    private final StepKernel kernel;
    /** What a step takes and gives, [B, n]. */
    private final List<Long> activity;

    /**
     * Lifetimes at rest: y and the traces are zero.
     *
     * @param cell what the layer is
     * @param parameters w, alpha and the rule's by name, as from {@link
     *     org.plastic4j.core.cell.Initialisation#draw Initialisation.draw}, all of type FLOAT or all DOUBLE; others are not
     *     looked at. The values are read here and not again: see {@link #load load}
     * @param batch B, how many lifetimes there are, at least 1
     * @throws IllegalArgumentException if a parameter is missing, does not fit or is not finite, the batch is too small, or
     *     what the rule gives does not follow from its arguments
     */
    public LifetimeStepper(PlasticCell cell, Map<String, INDArray> parameters, int batch) {
        this.cell = Objects.requireNonNull(cell, "cell");
        this.batch = batch;
        if (batch < 1) {
            throw new IllegalArgumentException(NAME + ": expected at least 1 lifetime, found " + batch + ".");
        }
        spec = new LifetimeSpec(
                cell,
                Stream.of(Slot.Y0, Slot.HEBB0, Slot.ELIGIBILITY0)
                        .limit(1 + cell.traces())
                        .collect(Collectors.toSet()));
        activity = List.of((long) batch, (long) cell.neurons());
        Map<String, INDArray> own = own(parameters);
        INDArray w = own.get(PlasticParameters.W);
        spec.signature().get(PlasticParameters.W).requireFloating(NAME, w);
        type = w.dataType();
        LifetimeTensors values = tensors(own);
        kernel = Kernels.of(values).steps(values);
        begin();
    }

    /** The cell's own among parameters. */
    private Map<String, INDArray> own(Map<String, INDArray> parameters) {
        List<String> keys = cell.parameterKeys();
        if (!keys.stream().allMatch(key -> parameters.get(key) != null)) {
            throw new IllegalArgumentException(NAME + ": parameters: expected " + String.join(", ", keys) + " for "
                    + cell.description() + ", found "
                    + String.join(", ", parameters.keySet().stream().sorted().toList()) + ".");
        }
        Map<String, INDArray> own = new LinkedHashMap<>();
        keys.forEach(key -> own.put(key, parameters.get(key)));
        return own;
    }

    private LifetimeTensors tensors(Map<String, INDArray> arrays) {
        LifetimeTensors tensors = new LifetimeTensors(NAME, spec, arrays, type, batch);
        tensors.requireFinite(NAME);
        return tensors;
    }

    /**
     * Reads the parameters anew, as after an update by training, and begins from rest.
     *
     * @param parameters as for the constructor, of the same type
     * @throws IllegalArgumentException if one is missing, does not fit or is not finite; all is then as before
     */
    public void load(Map<String, INDArray> parameters) {
        kernel.load(tensors(own(parameters)));
        begin();
    }

    /** Resets to rest: y and the traces are zero, and states of neurons what the rule begins with. */
    public void begin() {
        kernel.begin(tensors(Map.of()));
    }

    /**
     * Sets the state, which is copied.
     *
     * @param state as from {@link #state} of a stepper of the same kind of cell, batch and type; neurons without states
     *     begin with those that the rule begins with
     * @throws IllegalArgumentException if it is not that of such a cell, or is not finite; all is then as before
     */
    public void restore(LifetimeState state) {
        requireTrace("hebb", cell.isPlastic(), state.hebb());
        requireTrace("eligibility", cell.hasEligibility(), state.eligibility());
        Map<String, INDArray> arrays = new HashMap<>();
        arrays.put(Slot.Y0.label(), state.y());
        state.hebb().ifPresent(hebb -> arrays.put(Slot.HEBB0.label(), hebb));
        state.eligibility().ifPresent(eligibility -> arrays.put(Slot.ELIGIBILITY0.label(), eligibility));
        kernel.begin(tensors(arrays), neuronStates(state.states()));
    }

    private INDArray[] neuronStates(Map<String, INDArray> found) {
        List<String> keys = cell.states().stream().map(NeuronState::key).toList();
        if (found.isEmpty()) {
            return new INDArray[0];
        }
        if (!found.keySet().equals(Set.copyOf(keys))) {
            throw new IllegalArgumentException(
                    NAME + ": state: expected states of neurons " + keys + " for " + cell.description() + ", found "
                            + found.keySet().stream().sorted().toList() + ".");
        }
        for (String key : keys) {
            requireFit(key, found.get(key));
            NotFiniteInput.reject(NAME, key, found.get(key));
        }
        return keys.stream().map(found::get).toArray(INDArray[]::new);
    }

    private void requireTrace(String name, boolean expected, Optional<INDArray> found) {
        if (found.isPresent() != expected) {
            throw new IllegalArgumentException(NAME + ": state: expected " + (expected ? "" : "no ") + name + " for "
                    + cell.description() + ", found " + (found.isPresent() ? "one" : "none") + ".");
        }
    }

    /** {@return a copy of the state after the last step, or of the one that these lifetimes begin from} */
    public LifetimeState state() {
        INDArray y = newActivity();
        INDArray[] traces = new INDArray[cell.traces()];
        for (int k = 0; k < traces.length; k++) {
            traces[k] = Nd4j.createUninitializedDetached(type, batch, cell.neurons(), cell.neurons());
        }
        Map<String, INDArray> states = new LinkedHashMap<>();
        cell.states().forEach(state -> states.put(state.key(), newActivity()));
        kernel.store(y, traces, states.values().toArray(INDArray[]::new));
        return new LifetimeState(
                y,
                traces.length > 0 ? Optional.of(traces[0]) : Optional.empty(),
                traces.length > 1 ? Optional.of(traces[1]) : Optional.empty(),
                states);
    }

    private INDArray newActivity() {
        return Nd4j.createUninitializedDetached(type, batch, cell.neurons());
    }

    /**
     * Runs a step in which no neuron is clamped.
     *
     * @param drive external input, added to the pre-activations, shape [B, n], of the parameters' type
     * @return y, shape [B, n], an array of its own
     * @throws IllegalArgumentException if the external input does not fit, or is not finite; the step is then not run
     */
    public INDArray step(INDArray drive) {
        INDArray y = newActivity();
        step(drive, y);
        return y;
    }

    /**
     * Runs a step in which no neuron is clamped, without an array of its own: what is recorded anyway need not be made
     * anew and copied in every step.
     *
     * @param drive external input, added to the pre-activations, shape [B, n], of the parameters' type
     * @param y receives the outputs, shape [B, n], of the same type; dense in C order, such as one step of an array [T,
     *     B, n]
     * @throws IllegalArgumentException if an array does not fit, or is not finite; the step is then not run
     */
    public void step(INDArray drive, INDArray y) {
        requireFit(Slot.DRIVE.label(), drive);
        requireFit("y", y);
        Signature.require(HostArrays.isDense(y), NAME, "y", "a dense array in C order", y);
        requireFinite(Slot.DRIVE, drive);
        kernel.step(drive, null, null, y);
    }

    /**
     * Runs a step.
     *
     * @param drive external input, added to the pre-activations, shape [B, n], of the parameters' type
     * @param mask 1 where a neuron is clamped, 0 elsewhere, shape [B, n]
     * @param value the output of clamped neurons, shape [B, n]
     * @return y, shape [B, n], an array of its own
     * @throws IllegalArgumentException if an array does not fit, or is not finite, or the mask holds anything but 0 and
     *     1; the step is then not run
     */
    public INDArray step(INDArray drive, INDArray mask, INDArray value) {
        requireFit(Slot.DRIVE.label(), drive);
        requireFit(Slot.MASK.label(), mask);
        requireFit(Slot.VALUE.label(), value);
        requireFinite(Slot.DRIVE, drive);
        requireFinite(Slot.VALUE, value);
        INDArray y = newActivity();
        kernel.step(drive, mask, value, y);
        return y;
    }

    private void requireFit(String label, INDArray array) {
        Signature.Input expected = new Signature.Input(label, true, activity);
        expected.requireShape(NAME, array);
        expected.requireType(NAME, array, type, PlasticParameters.W);
    }

    /** As the fused op does; of a mask, the kernel sees that it is binary. */
    private static void requireFinite(Slot slot, INDArray array) {
        NotFiniteInput.reject(NAME, slot.label(), array);
    }
}
