package org.plastic4j.training.completion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * A lifetime at its end.
 *
 * @param number from 1 on
 * @param inputs those of all steps, [values] each
 * @param prediction the network's, [values]
 * @param target what it should be, [values]
 */
public record CompletedLifetime(int number, List<float[]> inputs, float[] prediction, float[] target) {
    /** @return the last step's input, [values] */
    public float[] input() {
        return inputs.get(inputs.size() - 1);
    }

    private static List<float[]> inputs(float[] steps, int at, int values, int stride) {
        return IntStream.range(0, steps.length / stride)
                .mapToObj(t -> Arrays.copyOfRange(steps, t * stride + at, t * stride + at + values))
                .toList();
    }

    /**
     * Lets a network complete some lifetimes.
     *
     * @param stream fresh lifetimes; their arrays are closed
     * @param network from the input, [T, B, values], to its predictions, [B, values]
     * @param count how many
     * @return the lifetimes in their order
     */
    public static List<CompletedLifetime> of(
            MultiDataSetIterator stream, Function<INDArray, INDArray> network, int count) {
        List<CompletedLifetime> completed = new ArrayList<>();
        while (completed.size() < count) {
            MultiDataSet lifetimes = stream.next();
            try (INDArray input = lifetimes.getFeatures(0);
                    INDArray target = lifetimes.getLabels(0);
                    INDArray predictions = network.apply(input)) {
                float[] steps = input.data().asFloat();
                float[] predicted = predictions.dup('c').data().asFloat();
                float[] targets = target.data().asFloat();
                int batch = (int) target.size(0);
                int values = (int) target.size(1);
                for (int at = 0; at < batch * values && completed.size() < count; at += values) {
                    completed.add(new CompletedLifetime(
                            completed.size() + 1,
                            inputs(steps, at, values, batch * values),
                            Arrays.copyOfRange(predicted, at, at + values),
                            Arrays.copyOfRange(targets, at, at + values)));
                }
            }
        }
        return completed;
    }
}
