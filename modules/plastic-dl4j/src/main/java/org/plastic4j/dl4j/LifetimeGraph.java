package org.plastic4j.dl4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.graph.Gradients;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.lifetime.LifetimeOutputs;

/** Lifetimes of a plastic cell in a SameDiff graph of their own: forward, and the gradient for given slopes of y. */
final class LifetimeGraph {
    /** The gradient of the drive, among those of the parameters. */
    static final String DRIVE = "drive";

    /** The name of an initial or final state of y. */
    static final String Y = "y";
    /** The name of a state of the Hebbian traces. */
    static final String HEBB = "hebb";
    /** The name of a state of the eligibility traces. */
    static final String ELIGIBILITY = "eligibility";

    private static final String SLOPE = "slope";
    private static final String START = "0";

    private final SameDiff graph = SameDiff.create();
    private final List<String> parameters;
    private final String y;
    private final Map<String, String> finalTraces = new LinkedHashMap<>();
    private boolean differentiated;

    /**
     * Builds the graph.
     *
     * @param cell the cell
     * @param lifetime how it is executed
     * @param type the numbers' type
     * @param goesOn whether lifetimes go on from a given state
     */
    LifetimeGraph(PlasticCell cell, Lifetime lifetime, DataType type, boolean goesOn) {
        long n = cell.neurons();
        // Only their shapes matter: before every run the values come from the network.
        Map<String, INDArray> shapes = new org.plastic4j.core.cell.Initialisation(0, 0, 0).draw(cell, type, 0);
        parameters = new ArrayList<>(shapes.keySet());
        PlasticParameters variables = PlasticParameters.create(graph, cell, shapes);
        SDVariable drive = graph.placeHolder(DRIVE, type, -1, -1, n);
        LifetimeInputs inputs = LifetimeInputs.driven(drive);
        if (goesOn) {
            inputs = new LifetimeInputs(
                    drive,
                    Optional.empty(),
                    Optional.of(graph.placeHolder(Y + START, type, -1, n)),
                    cell.isPlastic() ? Optional.of(graph.placeHolder(HEBB + START, type, -1, n, n)) : Optional.empty(),
                    cell.hasEligibility()
                            ? Optional.of(graph.placeHolder(ELIGIBILITY + START, type, -1, n, n))
                            : Optional.empty());
        }
        LifetimeOutputs outputs = lifetime.build(graph, "life", cell, variables, inputs);
        y = outputs.y().name();
        outputs.hebb().ifPresent(trace -> finalTraces.put(HEBB, trace.name()));
        outputs.eligibility().ifPresent(trace -> finalTraces.put(ELIGIBILITY, trace.name()));
        SDVariable slope = graph.placeHolder(SLOPE, type, -1, -1, n);
        outputs.y().mul(slope).sum().rename("loss").markAsLoss();
    }

    /**
     * Lives.
     *
     * @param values the parameters by the cell's names
     * @param drive [T, B, n]
     * @param start the state to go on from, y [B, n] and traces [B, n, n]; empty where the graph begins at rest
     * @param withTraces whether the final traces are wanted too
     * @return y [T, B, n], and the final traces by their names; the caller's
     */
    Map<String, INDArray> build(
            Map<String, INDArray> values, INDArray drive, Map<String, INDArray> start, boolean withTraces) {
        set(values);
        Map<String, INDArray> given = given(drive, start);
        given.put(SLOPE, drive);
        List<String> wanted = new ArrayList<>(List.of(y));
        if (withTraces) {
            wanted.addAll(finalTraces.values());
        }
        Map<String, INDArray> found = graph.output(given, wanted);
        Map<String, INDArray> lived = new HashMap<>();
        lived.put(Y, found.get(y));
        if (withTraces) {
            finalTraces.forEach((name, variable) -> lived.put(name, found.get(variable)));
        }
        return lived;
    }

    /**
     * Differentiates. Deeplearning4j asks for slopes after it has been given the outputs, so the lifetime is lived again.
     *
     * @param values the parameters by the cell's names
     * @param drive [T, B, n]
     * @param start as in {@link #live}
     * @param slope the gradient of y, [T, B, n]
     * @return the gradients of the parameters and the {@link #DRIVE}; the caller's
     */
    Map<String, INDArray> gradients(
            Map<String, INDArray> values, INDArray drive, Map<String, INDArray> start, INDArray slope) {
        set(values);
        if (!differentiated) {
            Gradients.prepare(graph, DRIVE);
            differentiated = true;
        }
        Map<String, INDArray> given = given(drive, start);
        given.put(SLOPE, slope);
        List<String> wanted = new ArrayList<>(parameters);
        wanted.add(DRIVE);
        return graph.calculateGradients(given, wanted);
    }

    private static Map<String, INDArray> given(INDArray drive, Map<String, INDArray> start) {
        Map<String, INDArray> given = new HashMap<>();
        given.put(DRIVE, drive);
        start.forEach((name, state) -> given.put(name + START, state));
        return given;
    }

    /** Copied: what the network has are views into one large array. */
    private void set(Map<String, INDArray> values) {
        parameters.forEach(name -> graph.getVariable(name).getArr().assign(values.get(name)));
    }

    /** The state of rest, where a lifetime begins. */
    static Map<String, INDArray> rest(PlasticCell cell, DataType type, long batch) {
        long n = cell.neurons();
        Map<String, INDArray> state = new HashMap<>();
        state.put(Y, Nd4j.zeros(type, batch, n));
        if (cell.isPlastic()) {
            state.put(HEBB, Nd4j.zeros(type, batch, n, n));
        }
        if (cell.hasEligibility()) {
            state.put(ELIGIBILITY, Nd4j.zeros(type, batch, n, n));
        }
        return state;
    }
}
