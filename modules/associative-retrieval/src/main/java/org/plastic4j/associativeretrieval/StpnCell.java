package org.plastic4j.associativeretrieval;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.graph.Draw;

/**
 * Short-term plasticity neurons (Rodriguez, Guo and Moraitis, <a href="https://arxiv.org/abs/2206.14048">Short-term plasticity
 * neurons learning to learn and forget</a>, ICML 2022), whose connections from the input are plastic too:
 *
 * <pre>
 * v(t)      = [x(t), y(t-1)]
 * G(t)      = W + F(t)
 * norm[j]   = the Euclidean norm of G[:, j], of all connections to neuron j
 * y(t)      = tanh(v(t) G(t) / norm + bias)
 * F(t+1)    = decay * F(t) / norm + rate * v(t)^T y(t)
 * </pre>
 *
 * <p>with * elementwise; F begins at 0. The norm makes it no plasticity rule of this library: {@code H' = f(H, x, y, ...)} has no
 * sums over H. {@link StpnLoops} computes the same.
 */
record StpnCell() implements Cell {
    /** How much of each trace stays, [m + n, n]. */
    static final String DECAY = "decay";
    /** How fast each trace changes, [m + n, n]. */
    static final String RATE = "rate";

    private static final double RATE_SCALE = 0.001;

    @Override
    public LinkedHashMap<String, INDArray> draw(int symbols, int units, DataType type, RandomGenerator random) {
        int inputs = symbols + units;
        double most = RATE_SCALE / Math.sqrt(units);
        LinkedHashMap<String, INDArray> drawn = new LinkedHashMap<>();
        drawn.put(W, Uniform.bySize(units, type, random, inputs, units));
        drawn.put(BIAS, Uniform.bySize(units, type, random, units));
        drawn.put(DECAY, Draw.uniform(0, 1, random, type, inputs, units));
        drawn.put(RATE, Draw.uniform(-most, most, random, type, inputs, units));
        return drawn;
    }

    @Override
    public SDVariable last(SameDiff graph, Shape shape, Map<String, SDVariable> parameters, SDVariable input) {
        SDVariable w = parameters.get(W);
        SDVariable[] x = graph.unstack(input, 0, shape.steps());
        SDVariable y = graph.constant(Nd4j.zeros(input.dataType(), shape.batch(), shape.units()));
        SDVariable f = null;
        for (int t = 0; t < shape.steps(); t++) {
            SDVariable v = graph.concat(1, x[t], y);
            boolean first = f == null;
            SDVariable g = first ? w : w.add(f);
            SDVariable product =
                    first ? v.mmul(g) : graph.squeeze(graph.expandDims(v, 1).mmul(g), 1);
            SDVariable norm = graph.math().sqrt(g.mul(g).sum(first ? 0 : 1));
            y = graph.math().tanh(product.div(norm).add(parameters.get(BIAS)));
            SDVariable association =
                    graph.expandDims(v, 2).mul(graph.expandDims(y, 1)).mul(parameters.get(RATE));
            f = first
                    ? association
                    : f.mul(parameters.get(DECAY))
                            .div(graph.expandDims(norm, 1))
                            .add(association);
        }
        return y;
    }
}
