package org.plastic4j.core.lifetime;

import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where a batch of B lifetimes stands between two steps: all that the steps to come depend on besides the parameters.
 *
 * @param y the neurons' last outputs, shape [B, n]
 * @param hebb the Hebbian traces, shape [B, n, n]; empty where the layer is not plastic
 * @param eligibility the eligibility traces, shape [B, n, n]; empty where the rule has none
 */
public record LifetimeState(INDArray y, Optional<INDArray> hebb, Optional<INDArray> eligibility) {
    /** None may be null. */
    public LifetimeState {
        Objects.requireNonNull(y, "y");
        Objects.requireNonNull(hebb, "hebb");
        Objects.requireNonNull(eligibility, "eligibility");
    }
}
