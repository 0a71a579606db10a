package org.plastic4j.associativeretrieval;

import java.util.Map;

/**
 * A recurrent layer in plain loops, the same as a {@link Cell}'s graph, in a fraction of its time. The innermost loop is over the
 * sequences of the batch, all arrays at the same index: the JVM makes vector instructions of it. Values of a layer are a row [B]
 * for each unit, of connections a row for each connection, {@code i * n + j} from i to j.
 */
sealed interface Loops permits StpnLoops, FastWeightsLoops {
    /**
     * Runs sequences from rest.
     *
     * @param parameters by name, as in {@link Cell#draw}
     * @param x the input, [T, m, B]
     * @return the outputs of the last step, [n, B], until the next call
     */
    float[][] forward(Map<String, float[]> parameters, float[][][] x);

    /**
     * Runs the sequences of the last {@link #forward} backward, with the same parameters.
     *
     * @param last the gradient with respect to the outputs of the last step, [n, B]
     * @return that of each parameter, by name
     */
    Map<String, float[]> backward(Map<String, float[]> parameters, float[][] last);
}
