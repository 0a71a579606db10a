package org.plastic4j.core.kernel.reference;

import java.util.Arrays;
import org.plastic4j.core.cell.PlasticLayer;

/**
 * One lifetime's traces, or gradients of them.
 *
 * @param kinds of the Hebbian and the eligibility trace, as far as there are any: n rows of m
 */
record ReferenceTraces(double[][]... kinds) {
    static ReferenceTraces zeros(PlasticLayer layer) {
        return new ReferenceTraces(new double[layer.traces()][layer.outputs()][layer.inputs()]);
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
    }

    /** Those of lifetime b from arrays [B, m, n]; zero where there is no array. */
    void read(double[][] arrays, int b) {
        for (int k = 0; k < kinds.length; k++) {
            if (k < arrays.length && arrays[k] != null) {
                Rows.readTransposed(arrays[k], b, kinds[k]);
            } else {
                Arrays.stream(kinds[k]).forEach(row -> Arrays.fill(row, 0));
            }
        }
    }

    /** The inverse of {@link #read}. */
    void write(double[][] arrays, int b) {
        for (int k = 0; k < kinds.length; k++) {
            Rows.writeTransposed(kinds[k], arrays[k], b);
        }
    }
}
