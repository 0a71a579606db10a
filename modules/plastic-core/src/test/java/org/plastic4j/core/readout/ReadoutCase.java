package org.plastic4j.core.readout;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.lifetime.LifetimeOutputs;

/**
 * A batch of a readout's lifetimes with everything that goes in, and random cotangents on everything that comes out:
 * the objective is {@code sum(y * y_cot) + sum(hebb * hebb_cot)}.
 *
 * @param arrays x, drive, hebb0, w, alpha, eta, y_cot, hebb_cot in double, by the golden files' names
 */
record ReadoutCase(PlasticReadout readout, boolean fromHebb0, Map<String, INDArray> arrays) {

    /** A random case in which no output is nearly certain. */
    static ReadoutCase random(PlasticReadout readout, boolean fromHebb0, int steps, int batch, double eta, long seed) {
        Random random = new Random(seed);
        int m = readout.inputs();
        int n = readout.outputs();
        double scale = 1 / Math.sqrt(m);
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        arrays.put("x", normal(random, 1, steps, batch, m));
        arrays.put("drive", normal(random, 1, steps, batch, n));
        arrays.put("hebb0", normal(random, 0.3, batch, m, n));
        arrays.put("w", normal(random, scale, m, n));
        arrays.put("alpha", readout.alpha() == Alpha.SHARED ? normal(random, scale, 1) : normal(random, scale, m, n));
        arrays.put("eta", Nd4j.createFromArray(eta));
        arrays.put("y_cot", normal(random, 1, steps, batch, n));
        arrays.put("hebb_cot", normal(random, 1, batch, m, n));
        return new ReadoutCase(readout, fromHebb0, arrays);
    }

    static INDArray normal(Random random, double scale, long... shape) {
        double[] values = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        Arrays.setAll(values, i -> scale * random.nextGaussian());
        return Nd4j.createFromArray(values).reshape('c', shape);
    }

    int steps() {
        return (int) arrays.get("x").size(0);
    }

    /** The same case with one array replaced. */
    ReadoutCase with(String name, INDArray array) {
        Map<String, INDArray> changed = new LinkedHashMap<>(arrays);
        changed.put(name, array);
        return new ReadoutCase(readout, fromHebb0, changed);
    }

    /** The trained and other inputs, all of which have a gradient. */
    List<String> inputs() {
        if (!readout.isPlastic()) {
            return List.of("x", "drive", "w");
        }
        return fromHebb0
                ? List.of("x", "drive", "w", "alpha", "eta", "hebb0")
                : List.of("x", "drive", "w", "alpha", "eta");
    }

    /** The graph of this case, whose loss is called "objective". */
    SameDiff graph(ReadoutLifetime lifetime, DataType type) {
        SameDiff graph = SameDiff.create();
        ReadoutInputs inputs = ReadoutInputs.of(variable(graph, "x", type), variable(graph, "drive", type));
        if (fromHebb0) {
            // A readout without plasticity has no trace to begin from: hebb0 then feeds nothing.
            inputs = inputs.from(variable(graph, "hebb0", type));
        }
        PlasticParameters parameters = readout.isPlastic()
                ? PlasticParameters.plastic(
                        variable(graph, "w", type), variable(graph, "alpha", type), variable(graph, "eta", type))
                : PlasticParameters.fixed(variable(graph, "w", type));
        LifetimeOutputs outputs = lifetime.build(graph, "life", readout, parameters, inputs);
        SDVariable objective = outputs.y()
                .mul(graph.constant("y_cot", arrays.get("y_cot").castTo(type)))
                .sum();
        if (outputs.hebb().isPresent()) {
            SDVariable cotangent =
                    graph.constant("hebb_cot", arrays.get("hebb_cot").castTo(type));
            objective = objective.add(outputs.hebb().get().mul(cotangent).sum());
        }
        objective.rename("objective").markAsLoss();
        return graph;
    }

    private SDVariable variable(SameDiff graph, String name, DataType type) {
        return graph.var(name, arrays.get(name).castTo(type));
    }

    /** Outputs "y" and "hebb", and gradients "grad_NAME" of all inputs. */
    Map<String, INDArray> run(ReadoutLifetime lifetime, DataType type) {
        SameDiff graph = graph(lifetime, type);
        Map<String, INDArray> results = new LinkedHashMap<>();
        List<String> outputs = readout.isPlastic() ? List.of("life_y", "life_hebb") : List.of("life_y");
        OutAndGrad all = graph.calculateGradientsAndOutputs(Map.of(), outputs, inputs());
        all.getOutputs().forEach((name, array) -> results.put(name.replace("life_", ""), array));
        all.getGradients().forEach((name, array) -> results.put("grad_" + name, array));
        return results;
    }

    /** The same but for one result. */
    Map<String, INDArray> runWithout(String result, ReadoutLifetime lifetime, DataType type) {
        Map<String, INDArray> results = run(lifetime, type);
        results.remove(result);
        return results;
    }
}
