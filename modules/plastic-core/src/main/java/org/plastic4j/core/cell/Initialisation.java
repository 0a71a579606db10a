package org.plastic4j.core.cell;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How the parameters begin: {@code w ~ weightScale N(0, 1)}, {@code alpha ~ alphaScale N(0, 1)}, eta as given.
 *
 * @param weightScale standard deviation of w, not negative
 * @param alphaScale standard deviation of alpha, not negative
 * @param eta the plasticity rate that training starts from
 */
public record Initialisation(double weightScale, double alphaScale, double eta) {
    /** Checks that the scales are not negative and all three are finite. */
    public Initialisation {
        check("weightScale", weightScale, weightScale >= 0);
        check("alphaScale", alphaScale, alphaScale >= 0);
        check("eta", eta, true);
    }

    private static void check(String name, double value, boolean holds) {
        if (!holds || !Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    "Initialisation: expected a finite " + name + " that is not negative, found " + value + ".");
        }
    }

    /**
     * Draws the parameters of a cell. The same seed gives the same numbers, whatever the backend.
     *
     * @return w [n, n], and where the cell is plastic alpha ([n, n] or [1]) and eta [1], by these names in this order
     */
    public Map<String, INDArray> draw(PlasticCell cell, DataType type, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int n = cell.neurons();
        Map<String, INDArray> drawn = new LinkedHashMap<>();
        drawn.put(PlasticParameters.W, normal(random, weightScale, n * n, type).reshape('c', n, n));
        switch (cell.alpha()) {
            case PER_CONNECTION ->
                drawn.put(
                        PlasticParameters.ALPHA,
                        normal(random, alphaScale, n * n, type).reshape('c', n, n));
            case SHARED -> drawn.put(PlasticParameters.ALPHA, normal(random, alphaScale, 1, type));
            case ABSENT -> {
                return drawn;
            }
        }
        drawn.put(PlasticParameters.ETA, Nd4j.createFromArray(eta).castTo(type));
        return drawn;
    }

    private static INDArray normal(RandomGenerator random, double scale, int count, DataType type) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = scale * random.nextGaussian();
        }
        return Nd4j.createFromArray(values).castTo(type);
    }
}
