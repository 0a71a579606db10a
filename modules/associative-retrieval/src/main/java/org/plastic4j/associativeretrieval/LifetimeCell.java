package org.plastic4j.associativeretrieval;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.graph.Draw;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.rule.FanOut;
import org.plastic4j.core.rule.Neuromodulated;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RuleParameter;

/**
 * A layer of this library: an Elman network without plasticity, {@code y(t) = tanh(x(t) input + bias + y(t-1) w)}, or the same
 * with plastic connections whose traces change at a rate that the network sets itself ({@link Neuromodulated}).
 *
 * @param alpha absent for an Elman network
 * @param lifetime how sequences are executed
 */
record LifetimeCell(Alpha alpha, Lifetime lifetime) implements Cell {
    private static final PlasticityRule RULE = new Neuromodulated(FanOut.NONE, 1);
    /** The largest initial weight and plasticity coefficient of a modulated network, as in Backpropamine. */
    private static final double MODULATED_SCALE = 0.01;

    private PlasticCell cell(int units) {
        return new PlasticCell(units, alpha, RULE);
    }

    @Override
    public LinkedHashMap<String, INDArray> draw(int symbols, int units, DataType type, RandomGenerator random) {
        boolean plastic = cell(units).isPlastic();
        int size = plastic ? symbols : units;
        LinkedHashMap<String, INDArray> drawn = new LinkedHashMap<>();
        drawn.put(INPUT, Uniform.bySize(size, type, random, symbols, units));
        drawn.put(BIAS, Uniform.bySize(size, type, random, units));
        if (!plastic) {
            drawn.put(W, Uniform.bySize(units, type, random, units, units));
            return drawn;
        }
        drawn.put(W, Draw.uniform(0, MODULATED_SCALE, random, type, units, units));
        drawn.put(PlasticParameters.ALPHA, Draw.uniform(0, MODULATED_SCALE, random, type, units, units));
        for (RuleParameter parameter : RULE.parameters()) {
            drawn.put(parameter.key(), Uniform.bySize(units, type, random, parameter.shape(units, units)));
        }
        return drawn;
    }

    @Override
    public SDVariable last(SameDiff graph, Shape shape, Map<String, SDVariable> parameters, SDVariable input) {
        int n = shape.units();
        PlasticCell cell = cell(n);
        SDVariable w = parameters.get(W);
        Map<RuleParameter, SDVariable> rule = new LinkedHashMap<>();
        cell.ruleParameters().forEach(parameter -> rule.put(parameter, parameters.get(parameter.key())));
        PlasticParameters plastic = cell.isPlastic()
                ? PlasticParameters.plastic(w, parameters.get(PlasticParameters.ALPHA), rule)
                : PlasticParameters.fixed(w);
        SDVariable drive = input.reshape((long) shape.steps() * shape.batch(), shape.symbols())
                .mmul(parameters.get(INPUT))
                .add(parameters.get(BIAS))
                .reshape(shape.steps(), shape.batch(), n);
        SDVariable y = lifetime.build(graph, "life", cell, plastic, LifetimeInputs.driven(drive))
                .y();
        // SameDiff's gradient of a strided slice is wrong for a single index, that of slice is right.
        return graph.slice(y, new int[] {shape.steps() - 1, 0, 0}, 1, shape.batch(), n)
                .reshape(shape.batch(), n);
    }
}
