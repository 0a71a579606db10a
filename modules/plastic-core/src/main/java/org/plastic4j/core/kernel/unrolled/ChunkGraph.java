package org.plastic4j.core.kernel.unrolled;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.BaseRandomOp;
import org.nd4j.linalg.api.ops.random.impl.Linspace;
import org.nd4j.linalg.api.ops.random.impl.Range;
import org.plastic4j.core.graph.Gradients;
import org.plastic4j.core.graph.PrivateSession;
import org.plastic4j.core.rule.NeuronState;
import org.plastic4j.core.rule.Traces;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.LifetimeVariables;
import org.plastic4j.core.spec.Signature;
import org.plastic4j.core.spec.Signature.Input;
import org.plastic4j.core.spec.Slot;
import org.plastic4j.core.spec.UnrolledSteps;

/**
 * A chunk of steps as a graph of its own, for any number of lifetimes, with its gradient. One call at a time; arrays that it
 * gives are the caller's.
 */
final class ChunkGraph implements AutoCloseable {
    /**
     * What a graph is made for.
     *
     * @param spec with a given state
     * @param steps how many
     */
    record Kind(LifetimeSpec spec, DataType type, int steps) {
        static Kind of(LifetimeSpec spec, DataType type, boolean clamped, int steps) {
            Stream<Slot> mask = clamped ? Stream.of(Slot.MASK) : Stream.empty();
            Set<Slot> given =
                    Stream.concat(ChunkState.slots(spec).stream(), mask).collect(Collectors.toSet());
            return new Kind(new LifetimeSpec(spec.layer(), given), type, steps);
        }
    }

    /**
     * What a chunk gives.
     *
     * @param y [steps, B, n]
     * @param after the state after it
     */
    record Result(INDArray y, ChunkState after) {}

    /** Rules may give variables names of their own. */
    private static final String PREFIX = "plastic4j_";

    private static final String COTANGENT = PREFIX + "cotangent_";

    private final Kind kind;
    private final SameDiff graph = SameDiff.create();
    /** y of all steps, and the traces and states of neurons after them. */
    private final List<SDVariable> outputs = new ArrayList<>();

    private final PrivateSession forward;
    private PrivateSession backward;
    /** The gradients' names by the inputs' labels; those that are zero whatever comes in are missing. */
    private final Map<String, String> gradients = new LinkedHashMap<>();

    /** @throws IllegalArgumentException if the rule's results do not follow from its arguments */
    ChunkGraph(Kind kind) {
        this.kind = kind;
        LifetimeSpec spec = kind.spec();
        List<SDVariable> inputs =
                spec.signature().inputs().stream().map(this::placeHolder).toList();
        Map<NeuronState, SDVariable> states = new LinkedHashMap<>();
        for (NeuronState state : spec.layer().states()) {
            SDVariable given = graph.placeHolder(
                    name(ChunkState.label(state)),
                    kind.type(),
                    Signature.ANY,
                    spec.layer().outputs());
            states.put(state, graph.expandDims(given, 1));
        }
        UnrolledSteps unrolled = UnrolledSteps.of(graph, new LifetimeVariables(spec, inputs), kind.steps(), states);
        requireFunction();
        outputs.add(graph.stack(0, unrolled.y().toArray(SDVariable[]::new)));
        unrolled.traces().map(Traces::hebb).ifPresent(outputs::add);
        unrolled.traces().flatMap(Traces::eligibility).ifPresent(outputs::add);
        for (NeuronState state : spec.layer().states()) {
            SDVariable after = unrolled.traces().orElseThrow().states().get(state);
            outputs.add(graph.squeeze(after, 1));
        }
        addObjective();
        forward = new PrivateSession(graph);
    }

    private SDVariable placeHolder(Input input) {
        long[] shape = input.at(kind.steps(), Signature.ANY).shape().stream()
                .mapToLong(Long::longValue)
                .toArray();
        return graph.placeHolder(name(input.label()), kind.type(), shape.length == 0 ? new long[] {1} : shape);
    }

    private static String name(String label) {
        return PREFIX + label.replace(' ', '_');
    }

    /** Traces are recomputed: what a rule draws would differ each time. What it adds to the graph would not be trained. */
    private void requireFunction() {
        for (DifferentialFunction op : graph.ops()) {
            require(!isRandom(op), "the random op " + op.opName());
        }
        for (SDVariable variable : graph.variables()) {
            require(
                    variable.getVariableType() != VariableType.VARIABLE,
                    "the trainable variable " + variable.name() + ", which is none of its parameters");
        }
    }

    private static boolean isRandom(DifferentialFunction op) {
        // ND4J has these two among its random ops.
        return op.getClass().getPackageName().startsWith(BaseRandomOp.class.getPackageName())
                && !(op instanceof Linspace || op instanceof Range);
    }

    private void require(boolean holds, String found) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "Plasticity rule " + kind.spec().rule().key()
                            + ": expected traces that follow from its arguments, found " + found + ".");
        }
    }

    /** A parameter of one value is taken as [1] here; it may come without an axis, or with more of them. */
    static INDArray parameter(Input input, INDArray array) {
        return input.shape().isEmpty() ? array.reshape(1) : array;
    }

    /** @param inputs by label */
    Result run(Map<String, INDArray> inputs) {
        List<String> names = outputs.stream().map(SDVariable::name).toList();
        Map<String, INDArray> found = forward.run(placeholders(inputs), names);
        INDArray y = found.get(names.get(0));
        List<INDArray> after = new ArrayList<>(List.of(y.slice(kind.steps() - 1).dup('c')));
        names.subList(1, names.size()).forEach(name -> after.add(found.get(name)));
        return new Result(y, new ChunkState(after));
    }

    private static Map<String, INDArray> placeholders(Map<String, INDArray> inputs) {
        Map<String, INDArray> placeholders = new HashMap<>();
        inputs.forEach((label, array) -> placeholders.put(name(label), array));
        return placeholders;
    }

    /**
     * The gradients of {@code sum(y * yGradient)} and the same of each trace.
     *
     * @param inputs by label
     * @param yGradient [steps, B, n]
     * @param memoryGradients of traces, each [B, n, n], and of states of neurons, each [B, n]
     * @return by label; those that are missing are zero
     */
    Map<String, INDArray> gradients(Map<String, INDArray> inputs, INDArray yGradient, List<INDArray> memoryGradients) {
        if (backward == null) {
            differentiate();
        }
        Map<String, INDArray> given = placeholders(inputs);
        given.put(COTANGENT + 0, yGradient);
        for (int k = 0; k < memoryGradients.size(); k++) {
            given.put(COTANGENT + (k + 1), memoryGradients.get(k));
        }
        Map<String, INDArray> found = backward.run(given, gradients.values());
        return gradients.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> found.get(entry.getValue())));
    }

    /** {@code sum(y * cotangent)} and the same of each trace and state of neurons, of which a backward pass has the gradients. */
    private void addObjective() {
        SDVariable objective = null;
        for (int k = 0; k < outputs.size(); k++) {
            SDVariable cotangent = graph.placeHolder(COTANGENT + k, kind.type(), shapeOfOutput(k));
            SDVariable term = outputs.get(k).mul(cotangent).sum();
            objective = objective == null ? term : objective.add(term);
        }
        objective.markAsLoss();
    }

    private void differentiate() {
        List<String> labels = Stream.concat(
                        kind.spec().signature().differentiable().stream().map(Input::label),
                        kind.spec().layer().states().stream().map(ChunkState::label))
                .toList();
        Gradients.prepare(graph, labels.stream().map(ChunkGraph::name).toArray(String[]::new));
        for (String label : labels) {
            SDVariable gradient = graph.getVariable(name(label)).getGradient();
            if (gradient != null) {
                gradients.put(label, gradient.name());
            }
        }
        backward = new PrivateSession(graph.getFunction("grad"));
    }

    private long[] shapeOfOutput(int k) {
        long n = kind.spec().layer().outputs();
        if (k == 0) {
            return new long[] {kind.steps(), Signature.ANY, n};
        }
        return k <= kind.spec().traces() ? new long[] {Signature.ANY, n, n} : new long[] {Signature.ANY, n};
    }

    /** Closes the arrays that are kept for the next call, which is still possible. */
    @Override
    public void close() {
        forward.close();
        if (backward != null) {
            backward.close();
        }
    }
}
