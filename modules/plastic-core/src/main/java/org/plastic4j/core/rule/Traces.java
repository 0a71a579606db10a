package org.plastic4j.core.rule;

import java.util.Objects;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What a batch of lifetimes remembers in its connections.
 *
 * @param hebb the Hebbian traces H, shape [B, n, n]
 * @param eligibility the eligibility traces E, shape [B, n, n]; empty where the rule has none
 */
public record Traces(SDVariable hebb, Optional<SDVariable> eligibility) {
    /** Neither may be null. */
    public Traces {
        Objects.requireNonNull(hebb, "hebb");
        Objects.requireNonNull(eligibility, "eligibility");
    }

    /** Traces of a rule without eligibility. */
    public static Traces of(SDVariable hebb) {
        return new Traces(hebb, Optional.empty());
    }
}
