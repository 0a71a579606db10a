package org.plastic4j.benchmarks.measure;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.plastic4j.benchmarks.cases.HostTensor;
import org.plastic4j.training.RunFailure;

/** Whether two implementations compute the same. What does not is not worth timing. */
public final class Agreement {
    private Agreement() {}

    /**
     * @param expected the numbers to compare with
     * @param found as many numbers
     * @return the Euclidean norm of the difference over that of what is expected; infinite if any is not finite
     */
    public static double relativeError(HostTensor expected, HostTensor found) {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < expected.values().length; i++) {
            double e = expected.values()[i];
            double f = found.values()[i];
            difference += (e - f) * (e - f);
            size += e * e;
        }
        if (!Double.isFinite(difference) || !Double.isFinite(size)) {
            return Double.POSITIVE_INFINITY;
        }
        return difference == 0 ? 0 : Math.sqrt(difference / size);
    }

    /**
     * Compares all tensors.
     *
     * @param where the case
     * @param expected what one implementation gives, by name
     * @param found what {@code implementation} gives
     * @param implementation the other implementation's name
     * @param tolerance the largest relative error that passes
     * @return the largest relative error there is
     * @throws RunFailure at the first tensor that is missing, of another size, or too far apart
     */
    public static double require(
            String where,
            Map<String, HostTensor> expected,
            Map<String, HostTensor> found,
            String implementation,
            double tolerance) {
        Set<String> names = new TreeSet<>(expected.keySet());
        if (!names.equals(found.keySet())) {
            throw new RunFailure(String.format(
                    Locale.ROOT,
                    "%s is not timed: expected %s of %s, found %s",
                    where,
                    names,
                    implementation,
                    new TreeSet<>(found.keySet())));
        }
        double largest = 0;
        for (String name : names) {
            HostTensor e = expected.get(name);
            HostTensor f = found.get(name);
            if (e.values().length != f.values().length) {
                throw new RunFailure(String.format(
                        Locale.ROOT,
                        "%s is not timed: expected %s of %s to be %s, found %s",
                        where,
                        name,
                        implementation,
                        e,
                        f));
            }
            double error = relativeError(e, f);
            if (!(error <= tolerance)) {
                throw new RunFailure(String.format(
                        Locale.ROOT,
                        "%s is not timed: expected a relative error of %s of %s of at most %.0e, found %.2e",
                        where,
                        name,
                        implementation,
                        tolerance,
                        error));
            }
            largest = Math.max(largest, error);
        }
        return largest;
    }
}
