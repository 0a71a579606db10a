package org.plastic4j.associativeretrieval;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Fast weights with layer normalisation and one step of the inner loop (Ba, Hinton, Mnih, Leibo and Ionescu, <a
 * href="https://arxiv.org/abs/1610.06258">Using fast weights to attend to the recent past</a>, NIPS 2016):
 *
 * <pre>
 * A(t)   = decay A(t-1) + rate h(t-1)^T h(t-1)
 * pre(t) = x(t) input + h(t-1) w + bias
 * h0     = tanh(LN(pre(t)))
 * h(t)   = tanh(LN(pre(t) + h0 A(t)))
 * </pre>
 *
 * <p>LN shifts and scales a vector to mean 0 and standard deviation 1 over the units, then by the learned {@code gain} and
 * {@code shift}, both [n]. {@link FastWeightsLoops} computes the same.
 *
 * @param settings decay and rate
 */
record FastWeightsCell(Config.FastWeights settings) implements Cell {
    /** [n]. */
    static final String GAIN = "gain";
    /** [n]. */
    static final String SHIFT = "shift";

    @Override
    public LinkedHashMap<String, INDArray> draw(int symbols, int units, DataType type, RandomGenerator random) {
        LinkedHashMap<String, INDArray> drawn = new LinkedHashMap<>();
        drawn.put(INPUT, Uniform.bySize(units, type, random, symbols, units));
        drawn.put(W, Uniform.bySize(units, type, random, units, units));
        drawn.put(BIAS, Uniform.bySize(units, type, random, units));
        drawn.put(GAIN, Nd4j.ones(type, units));
        drawn.put(SHIFT, Nd4j.zeros(type, units));
        return drawn;
    }

    @Override
    public SDVariable last(SameDiff graph, Shape shape, Map<String, SDVariable> parameters, SDVariable input) {
        int batch = shape.batch();
        int n = shape.units();
        SDVariable drive = input.reshape((long) shape.steps() * batch, shape.symbols())
                .mmul(parameters.get(INPUT))
                .add(parameters.get(BIAS));
        SDVariable h = null;
        SDVariable fast = null;
        for (int t = 0; t < shape.steps(); t++) {
            SDVariable pre = graph.slice(drive, new int[] {t * batch, 0}, batch, n);
            if (h == null) {
                // From rest there are no fast weights yet, and both steps of the loop give the same.
                h = normalised(graph, parameters, pre);
                continue;
            }
            SDVariable association =
                    graph.expandDims(h, 2).mul(graph.expandDims(h, 1)).mul(settings.rate());
            fast = fast == null ? association : fast.mul(settings.decay()).add(association);
            pre = pre.add(h.mmul(parameters.get(W)));
            SDVariable first = normalised(graph, parameters, pre);
            h = normalised(
                    graph,
                    parameters,
                    pre.add(graph.squeeze(graph.expandDims(first, 1).mmul(fast), 1)));
        }
        return h;
    }

    private static SDVariable normalised(SameDiff graph, Map<String, SDVariable> parameters, SDVariable pre) {
        return graph.math().tanh(graph.nn().layerNorm(pre, parameters.get(GAIN), parameters.get(SHIFT), false, 1));
    }
}
