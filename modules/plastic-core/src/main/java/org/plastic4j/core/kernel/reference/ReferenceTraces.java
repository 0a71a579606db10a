package org.plastic4j.core.kernel.reference;

import java.util.Arrays;
import java.util.List;
import org.plastic4j.core.cell.PlasticLayer;
import org.plastic4j.core.rule.NeuronState;

/**
 * One lifetime's traces and states of neurons, or gradients of them.
 *
 * @param kinds of the Hebbian and the eligibility trace, as far as there are any: n rows of m
 * @param states n values of each
 */
record ReferenceTraces(double[][][] kinds, double[][] states) {
    static ReferenceTraces zeros(PlasticLayer layer) {
        return new ReferenceTraces(
                new double[layer.traces()][layer.outputs()][layer.inputs()],
                new double[layer.states().size()][layer.outputs()]);
    }

    double[][] hebb() {
        return kinds[0];
    }

    double[][] eligibility() {
        return kinds[1];
    }

    void copyFrom(ReferenceTraces other) {
        for (int k = 0; k < kinds.length; k++) {
            Rows.copy(other.kinds[k], kinds[k]);
        }
        Rows.copy(other.states, states);
    }

    /** Sets states of neurons to what they begin with. */
    void begin(List<NeuronState> of) {
        for (int k = 0; k < states.length; k++) {
            Arrays.fill(states[k], of.get(k).initial());
        }
    }

    /** Those of lifetime b from arrays [B, m, n]; zero where there is no array, as are states of neurons. */
    void read(double[][] arrays, int b) {
        Arrays.stream(states).forEach(state -> Arrays.fill(state, 0));
        for (int k = 0; k < kinds.length; k++) {
            if (k < arrays.length && arrays[k] != null) {
                Rows.readTransposed(arrays[k], b, kinds[k]);
            } else {
                Arrays.stream(kinds[k]).forEach(row -> Arrays.fill(row, 0));
            }
        }
    }

    /** The inverse of {@link #read}, but for states of neurons. */
    void write(double[][] arrays, int b) {
        for (int k = 0; k < kinds.length; k++) {
            Rows.writeTransposed(kinds[k], arrays[k], b);
        }
    }
}
