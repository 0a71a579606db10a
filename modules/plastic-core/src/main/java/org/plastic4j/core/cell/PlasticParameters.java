package org.plastic4j.core.cell;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A plastic layer's trained variables in a graph.
 *
 * @param w fixed weights, shape [n, n]
 * @param plastic alpha and eta; empty where the layer is not plastic
 */
public record PlasticParameters(SDVariable w, Optional<Plastic> plastic) {
    /** The name of the fixed weights in {@link Initialisation#draw}. */
    public static final String W = "w";
    /** The name of the plasticity coefficients. */
    public static final String ALPHA = "alpha";
    /** The name of the plasticity rate. */
    public static final String ETA = "eta";

    /**
     * The variables of the plastic part.
     *
     * @param alpha plasticity coefficients, shape [n, n], or [1] where they are shared
     * @param eta plasticity rate, shape [1]
     */
    public record Plastic(SDVariable alpha, SDVariable eta) {
        /** Both are required. */
        public Plastic {
            Objects.requireNonNull(alpha, "alpha");
            Objects.requireNonNull(eta, "eta");
        }
    }

    /** W is required. */
    public PlasticParameters {
        Objects.requireNonNull(w, "w");
        Objects.requireNonNull(plastic, "plastic");
    }

    /** Parameters of a plastic layer. */
    public static PlasticParameters plastic(SDVariable w, SDVariable alpha, SDVariable eta) {
        return new PlasticParameters(w, Optional.of(new Plastic(alpha, eta)));
    }

    /** Parameters of a layer without plasticity. */
    public static PlasticParameters fixed(SDVariable w) {
        return new PlasticParameters(w, Optional.empty());
    }

    /**
     * Adds trainable variables w, alpha and eta to a graph, with these values.
     *
     * @param values as from {@link Initialisation#draw}
     */
    public static PlasticParameters create(SameDiff graph, PlasticCell cell, Map<String, INDArray> values) {
        SDVariable w = graph.var(W, values.get(W));
        if (!cell.isPlastic()) {
            return fixed(w);
        }
        return plastic(w, graph.var(ALPHA, values.get(ALPHA)), graph.var(ETA, values.get(ETA)));
    }

    /**
     * Checks that these parameters are there for this cell.
     *
     * @throws IllegalArgumentException if alpha and eta are missing for a plastic cell, or given for one that is not
     */
    public void requireFor(PlasticCell cell) {
        if (cell.isPlastic() != plastic.isPresent()) {
            throw new IllegalArgumentException("PlasticParameters: expected "
                    + (cell.isPlastic() ? "w, alpha and eta" : "w alone") + " for a cell with alpha "
                    + cell.alpha().key() + ", found " + (plastic.isPresent() ? "w, alpha and eta" : "w alone") + ".");
        }
    }
}
