package org.plastic4j.naturalimages;

import java.util.LinkedHashMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Summed squared distances from the whole picture: the prediction's, and for scale that of what was shown. */
final class Distances {
    /** The primary metric: the prediction's. */
    static final String PREDICTION = "squared_error";
    /** That of the half picture itself, whose other half is 0: what a constant gray there would have. */
    static final String GRAY = "gray_squared_error";

    private Distances() {}

    /** Means over the batch; input is [T, B, pixels], prediction and target are [B, pixels]. */
    static LinkedHashMap<String, Double> measure(INDArray input, INDArray prediction, INDArray target) {
        LinkedHashMap<String, Double> measures = new LinkedHashMap<>();
        long batch = target.size(0);
        float[] targets = values(target);
        measures.put(PREDICTION, squared(values(prediction), targets) / batch);
        INDArray last = input.get(NDArrayIndex.point(input.size(0) - 1), NDArrayIndex.all(), NDArrayIndex.all());
        measures.put(GRAY, squared(values(last), targets) / batch);
        return measures;
    }

    private static float[] values(INDArray array) {
        try (INDArray copy = array.dup('c')) {
            return copy.data().asFloat();
        }
    }

    static double squared(float[] left, float[] right) {
        double sum = 0;
        for (int k = 0; k < left.length; k++) {
            double difference = (double) left[k] - right[k];
            sum += difference * difference;
        }
        return sum;
    }
}
