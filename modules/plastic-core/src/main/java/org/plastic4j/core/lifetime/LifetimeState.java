package org.plastic4j.core.lifetime;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where a batch of B lifetimes stands between two steps: all that the steps to come depend on besides the parameters.
 *
 * @param y the neurons' last outputs, shape [B, n]
 * @param hebb the Hebbian traces, shape [B, n, n]; empty where the layer is not plastic
 * @param eligibility the eligibility traces, shape [B, n, n]; empty where the rule has none
 * @param states of neurons, by the keys that the rule gives them, shape [B, n]; empty where it has none, or
 *     they are to begin anew
 */
public record LifetimeState(
        INDArray y, Optional<INDArray> hebb, Optional<INDArray> eligibility, Map<String, INDArray> states) {
    /**
     * None may be null.
     *
     * @param y the neurons' last outputs, shape [B, n]
     * @param hebb the Hebbian traces, shape [B, n, n]; empty where the layer is not plastic
     * @param eligibility the eligibility traces, shape [B, n, n]; empty where the rule has none
     * @param states of neurons, by the keys that the rule gives them, shape [B, n]; empty where it has none, or
     *     they are to begin anew
     */
    public LifetimeState {
        Objects.requireNonNull(y, "y");
        Objects.requireNonNull(hebb, "hebb");
        Objects.requireNonNull(eligibility, "eligibility");
        states = Map.copyOf(states);
    }

    /**
     * Without states of neurons: where the rule has some, they begin anew.
     *
     * @param y [B, n]
     * @param hebb [B, n, n]
     * @param eligibility [B, n, n]
     */
    public LifetimeState(INDArray y, Optional<INDArray> hebb, Optional<INDArray> eligibility) {
        this(y, hebb, eligibility, Map.of());
    }
}
