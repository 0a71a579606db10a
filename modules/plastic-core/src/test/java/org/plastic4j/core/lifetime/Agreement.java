package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How far two executions are apart. */
public final class Agreement {
    private Agreement() {}

    /** The largest difference, as a share of the largest entry expected. */
    public static double relativeError(INDArray expected, INDArray found) {
        assertThat(found.length()).isEqualTo(expected.length());
        double[] e = expected.castTo(DataType.DOUBLE).dup('c').data().asDouble();
        double[] f = found.castTo(DataType.DOUBLE).dup('c').data().asDouble();
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < e.length; i++) {
            if (Double.isNaN(f[i])) {
                return Double.POSITIVE_INFINITY;
            }
            largest = Math.max(largest, Math.abs(e[i]));
            difference = Math.max(difference, Math.abs(e[i] - f[i]));
        }
        return difference == 0 ? 0 : difference / largest;
    }

    /** The Euclidean length of the difference, as a share of that of what is expected. */
    static double relativeDistance(INDArray expected, INDArray found) {
        INDArray e = expected.castTo(DataType.DOUBLE);
        return e.sub(found.castTo(DataType.DOUBLE)).norm2Number().doubleValue()
                / e.norm2Number().doubleValue();
    }

    /** Holds that both give the same names, and under each the same numbers but for this relative error. */
    public static void assertAgree(
            Map<String, INDArray> expected, Map<String, INDArray> found, double tolerance, String of) {
        assertThat(found.keySet()).as("what %s gives", of).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((name, array) -> assertThat(relativeError(array, found.get(name)))
                .as("relative error of %s of %s", name, of)
                .isLessThanOrEqualTo(tolerance));
    }
}
