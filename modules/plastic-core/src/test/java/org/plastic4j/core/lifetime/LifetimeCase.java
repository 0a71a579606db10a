package org.plastic4j.core.lifetime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;

/**
 * A batch of lifetimes with everything that goes in, and random cotangents on everything that comes out: the objective
 * is {@code sum(y * y_cot) + sum(hebb * hebb_cot) + sum(eligibility * eligibility_cot)}.
 *
 * @param arrays u, clamp, value, y0, hebb0, eligibility0, w, alpha, the rule's parameters, y_cot, hebb_cot,
 *     eligibility_cot in double; the eligibility ones may be missing
 */
record LifetimeCase(PlasticCell cell, boolean clamped, boolean fromState, Map<String, INDArray> arrays) {

    /**
     * A random case, off saturation: where 1 - y^2 is small, a float y says little about it, and two executions in
     * float differ by more than rounding.
     */
    static LifetimeCase random(
            PlasticCell cell, boolean clamped, boolean fromState, int steps, int batch, double eta, long seed) {
        Random random = new Random(seed);
        int n = cell.neurons();
        double scale = 0.5 / Math.sqrt(n);
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        arrays.put("u", normal(random, 0.5, steps, batch, n));
        arrays.put("clamp", binary(random, 0.4, steps, batch, n));
        arrays.put("value", normal(random, 1, steps, batch, n));
        arrays.put("y0", normal(random, 0.5, batch, n));
        arrays.put("hebb0", normal(random, 0.3, batch, n, n));
        arrays.put("w", normal(random, scale, n, n));
        arrays.put("alpha", cell.alpha() == Alpha.SHARED ? normal(random, scale, 1) : normal(random, scale, n, n));
        arrays.put("eta", Nd4j.createFromArray(eta));
        arrays.put("y_cot", normal(random, 1, steps, batch, n));
        arrays.put("hebb_cot", normal(random, 1, batch, n, n));
        arrays.put("modulator_weights", normal(random, 1 / Math.sqrt(n), n));
        arrays.put("modulator_bias", normal(random, 0.3, 1));
        arrays.put("fan_out_weights", normal(random, 1, n));
        arrays.put("fan_out_bias", normal(random, 0.3, n));
        arrays.put("kappa", Nd4j.createFromArray(0.11));
        arrays.put("rho", Nd4j.createFromArray(0.31));
        arrays.put("eligibility0", normal(random, 0.3, batch, n, n));
        arrays.put("eligibility_cot", normal(random, 1, batch, n, n));
        return new LifetimeCase(cell, clamped, fromState, arrays);
    }

    private static INDArray normal(Random random, double scale, int... shape) {
        double[] values = new double[length(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = scale * random.nextGaussian();
        }
        return Nd4j.createFromArray(values).reshape('c', longs(shape));
    }

    private static INDArray binary(Random random, double share, int... shape) {
        double[] values = new double[length(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble() < share ? 1 : 0;
        }
        return Nd4j.createFromArray(values).reshape('c', longs(shape));
    }

    private static int length(int[] shape) {
        int length = 1;
        for (int size : shape) {
            length *= size;
        }
        return length;
    }

    private static long[] longs(int[] shape) {
        long[] longs = new long[shape.length];
        for (int i = 0; i < shape.length; i++) {
            longs[i] = shape[i];
        }
        return longs;
    }

    int steps() {
        return (int) arrays.get("u").size(0);
    }

    /** The same case with one array replaced. */
    LifetimeCase with(String name, INDArray array) {
        Map<String, INDArray> changed = new LinkedHashMap<>(arrays);
        changed.put(name, array);
        return new LifetimeCase(cell, clamped, fromState, changed);
    }

    /** The same case with every number rounded to a float. */
    LifetimeCase roundedToFloat() {
        Map<String, INDArray> rounded = new LinkedHashMap<>();
        arrays.forEach(
                (name, array) -> rounded.put(name, array.castTo(DataType.FLOAT).castTo(DataType.DOUBLE)));
        return new LifetimeCase(cell, clamped, fromState, rounded);
    }

    /** The graph of this case, whose loss is called "objective". */
    SameDiff graph(Lifetime lifetime, DataType type) {
        SameDiff graph = SameDiff.create();
        LifetimeInputs inputs = LifetimeInputs.driven(variable(graph, "u", type));
        if (clamped) {
            inputs = inputs.clamped(
                    graph.constant("clamp", arrays.get("clamp").castTo(type)), variable(graph, "value", type));
        }
        if (fromState) {
            // A layer without plasticity has no trace to begin from: hebb0 then feeds nothing.
            inputs = cell.hasEligibility() && arrays.containsKey("eligibility0")
                    ? inputs.from(
                            variable(graph, "y0", type),
                            variable(graph, "hebb0", type),
                            variable(graph, "eligibility0", type))
                    : inputs.from(variable(graph, "y0", type), variable(graph, "hebb0", type));
        }
        PlasticParameters parameters = PlasticParameters.create(graph, cell, parameters(type));
        LifetimeOutputs outputs = lifetime.build(graph, "life", cell, parameters, inputs);
        SDVariable objective = outputs.y()
                .mul(graph.constant("y_cot", arrays.get("y_cot").castTo(type)))
                .sum();
        if (outputs.hebb().isPresent()) {
            SDVariable cotangent =
                    graph.constant("hebb_cot", arrays.get("hebb_cot").castTo(type));
            objective = objective.add(outputs.hebb().get().mul(cotangent).sum());
        }
        if (outputs.eligibility().isPresent() && arrays.containsKey("eligibility_cot")) {
            SDVariable cotangent = graph.constant(
                    "eligibility_cot", arrays.get("eligibility_cot").castTo(type));
            objective = objective.add(outputs.eligibility().get().mul(cotangent).sum());
        }
        objective.rename("objective").markAsLoss();
        return graph;
    }

    private Map<String, INDArray> parameters(DataType type) {
        Map<String, INDArray> values = new LinkedHashMap<>();
        values.put("w", arrays.get("w").castTo(type));
        values.put("alpha", arrays.get("alpha").castTo(type));
        cell.ruleParameters()
                .forEach(parameter ->
                        values.put(parameter.key(), arrays.get(parameter.key()).castTo(type)));
        return values;
    }

    private SDVariable variable(SameDiff graph, String name, DataType type) {
        return graph.var(name, arrays.get(name).castTo(type));
    }

    /** Outputs "y", "hebb" and "eligibility" as far as there are any, and gradients "grad_NAME" of all inputs. */
    Map<String, INDArray> run(Lifetime lifetime, DataType type) {
        SameDiff graph = graph(lifetime, type);
        Map<String, INDArray> results = new LinkedHashMap<>();
        List<String> outputs = new ArrayList<>(List.of("life_y"));
        if (cell.isPlastic()) {
            outputs.add("life_hebb");
        }
        if (cell.hasEligibility()) {
            outputs.add("life_eligibility");
        }
        OutAndGrad all = graph.calculateGradientsAndOutputs(Map.of(), outputs, inputs(graph));
        all.getOutputs().forEach((name, array) -> results.put(name.replace("life_", ""), array));
        all.getGradients().forEach((name, array) -> results.put("grad_" + name, array));
        return results;
    }

    /** What of a graph of this case has a gradient. */
    List<String> inputs(SameDiff graph) {
        return graph.variables().stream()
                .filter(variable -> variable.getVariableType() == VariableType.VARIABLE)
                .map(SDVariable::name)
                .filter(name -> cell.isPlastic() || !name.equals("hebb0"))
                .toList();
    }
}
