package org.plastic4j.associativeretrieval;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@link Loops} with their readout in plain loops: the same function and gradients as {@link GraphNetwork}. */
final class LoopNetwork implements RetrievalNetwork {
    private final Loops loops;
    private final Shape shape;
    private final LinkedHashMap<String, INDArray> parameters;
    private final LinkedHashMap<String, INDArray> gradients = new LinkedHashMap<>();
    /** [T, m, B]. */
    private final float[][][] x;
    /** [m, B]. */
    private final float[][] probabilities;
    /** [n, B]. */
    private final float[][] dy;

    private final float[][] dReadout;

    /**
     * Builds the network with its initial parameters.
     *
     * @param cell what the loops compute
     * @param loops the recurrent layer
     * @param shape its sizes
     * @param seed where the initial parameters come from
     */
    LoopNetwork(Cell cell, Loops loops, Shape shape, long seed) {
        this.loops = loops;
        this.shape = shape;
        parameters = cell.draw(shape, DataType.FLOAT, seed);
        parameters.forEach((name, array) -> gradients.put(name, array.like()));
        x = new float[shape.steps()][shape.symbols()][shape.batch()];
        probabilities = Rows.of(shape.symbols(), shape.batch());
        dy = Rows.of(shape.units(), shape.batch());
        dReadout = Rows.of(shape.units() * shape.symbols(), shape.batch());
    }

    @Override
    public LinkedHashMap<String, INDArray> parameters() {
        return parameters;
    }

    @Override
    public LinkedHashMap<String, INDArray> gradients() {
        return gradients;
    }

    private Map<String, float[]> values() {
        Map<String, float[]> values = new LinkedHashMap<>();
        parameters.forEach((name, array) -> values.put(name, array.data().asFloat()));
        return values;
    }

    /** Leaves the probabilities, and gives the outputs of the last step, [n, B]. */
    private float[][] forward(Map<String, float[]> values, INDArray input) {
        float[] all = input.data().asFloat();
        int at = 0;
        for (int t = 0; t < shape.steps(); t++) {
            for (int b = 0; b < shape.batch(); b++) {
                for (int k = 0; k < shape.symbols(); k++) {
                    x[t][k][b] = all[at++];
                }
            }
        }
        float[][] y = loops.forward(values, x);
        float[] readout = values.get(READOUT);
        for (int k = 0; k < shape.symbols(); k++) {
            Arrays.fill(probabilities[k], values.get(READOUT_BIAS)[k]);
            for (int j = 0; j < shape.units(); j++) {
                Rows.add(probabilities[k], readout[j * shape.symbols() + k], y[j]);
            }
        }
        for (int b = 0; b < shape.batch(); b++) {
            softmax(b);
        }
        return y;
    }

    private void softmax(int b) {
        float largest = Float.NEGATIVE_INFINITY;
        for (float[] row : probabilities) {
            largest = Math.max(largest, row[b]);
        }
        double sum = 0;
        for (float[] row : probabilities) {
            row[b] = (float) Math.exp(row[b] - largest);
            sum += row[b];
        }
        for (float[] row : probabilities) {
            row[b] = (float) (row[b] / sum);
        }
    }

    @Override
    public INDArray probabilities(INDArray input) {
        forward(values(), input);
        float[] all = new float[shape.batch() * shape.symbols()];
        for (int k = 0; k < shape.symbols(); k++) {
            for (int b = 0; b < shape.batch(); b++) {
                all[b * shape.symbols() + k] = probabilities[k][b];
            }
        }
        return Nd4j.createFromArray(all).reshape('c', shape.batch(), shape.symbols());
    }

    @Override
    public double backward(INDArray input, INDArray target) {
        Map<String, float[]> values = values();
        float[][] y = forward(values, input);
        double loss = subtract(target.data().asFloat());
        float[] readout = values.get(READOUT);
        Rows.clear(dy);
        Rows.clear(dReadout);
        for (int j = 0; j < shape.units(); j++) {
            for (int k = 0; k < shape.symbols(); k++) {
                int at = j * shape.symbols() + k;
                Rows.add(dy[j], readout[at], probabilities[k]);
                Rows.addProduct(dReadout[at], y[j], probabilities[k]);
            }
        }
        put(READOUT, Rows.sums(dReadout));
        put(READOUT_BIAS, Rows.sums(probabilities));
        loops.backward(values, dy).forEach(this::put);
        return loss;
    }

    /** Turns the probabilities into the gradient with respect to the pre-activations of the readout, and gives the loss. */
    private double subtract(float[] target) {
        int batch = shape.batch();
        double loss = 0;
        for (int k = 0; k < shape.symbols(); k++) {
            for (int b = 0; b < batch; b++) {
                float asked = target[b * shape.symbols() + k];
                if (asked != 0) {
                    loss -= asked * Math.log(Math.max(probabilities[k][b], Float.MIN_NORMAL)) / batch;
                }
                probabilities[k][b] = (probabilities[k][b] - asked) / batch;
            }
        }
        return loss;
    }

    private void put(String name, float[] values) {
        INDArray gradient = gradients.get(name);
        try (INDArray array = Nd4j.createFromArray(values)) {
            gradient.assign(array.reshape('c', gradient.shape()));
        }
    }
}
