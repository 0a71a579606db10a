package org.plastic4j.benchmarks.cases;

import java.util.List;

/** The plasticity rules of recurrent lifetimes that are measured. */
public enum BenchmarkRule {
    /** {@code H + eta (x^T y - H)}. */
    DECAYING_HEBB("decaying_hebb"),
    /** {@code H_ij + eta y_j (x_i - y_j H_ij)}. */
    OJA("oja"),
    /** {@code clip(H + eta x^T y)}. */
    HARD_BOUND("hard_bound"),
    /** {@code D = eta x^T y; clip(H + max(D, 0) (bound - H) + min(D, 0) (H + bound))}. */
    SOFT_BOUND("soft_bound"),
    /** {@code M = tanh(y m + c); clip(H + M x^T y)}; m has shape [n], c [1]. */
    MODULATED("modulated", "m", "c"),
    /** {@code M} as above; {@code clip(H_ij + (M f_j + g_j) x_i y_j)}; f and g have shape [n]. */
    FANOUT("fanout", "m", "c", "f", "g"),
    /** {@code M} as above; {@code H' = clip(H + M E), E' = (1 - eta) E + eta x^T y}, E from zero. */
    RETROACTIVE("retroactive", "m", "c"),
    /** {@code clip(H_ij + eta (A_ij x_i y_j + B_ij x_i + C_ij y_j + D_ij))}; all four have shape [n, n]. */
    ABCD("abcd", "A", "B", "C", "D"),
    /** {@code lam_ij H_ij + gam_ij x_i y_j}; both have shape [n, n]. */
    STPN("stpn", "lam", "gam");

    private static final List<String> SHARED_BY_ALL = List.of("w", "alpha", "eta");

    private final String key;
    private final List<String> own;

    BenchmarkRule(String key, String... own) {
        this.key = key;
        this.own = List.of(own);
    }

    /** @return the name in golden files and reports */
    public String key() {
        return key;
    }

    /** @return what is trained: w, alpha, eta, and what the rule has beside them */
    public List<String> parameters() {
        return java.util.stream.Stream.concat(SHARED_BY_ALL.stream(), own.stream())
                .toList();
    }

    /** @return what the rule has beside w, alpha and eta */
    public List<String> ownParameters() {
        return own;
    }

    /** @return those of its parameters that act, and have a gradient */
    public List<String> differentiated() {
        return parameters().stream()
                .filter(parameter -> usesEta() || !parameter.equals("eta"))
                .toList();
    }

    /** @return whether its trace only decays, by what depends on neurons */
    public boolean decays() {
        return this == DECAYING_HEBB || this == OJA;
    }

    /** @return how many of its own parameters are matrices [n, n] */
    public int matrices() {
        return this == ABCD ? 4 : this == STPN ? 2 : 0;
    }

    /** @return whether eta acts in it; where a signal or a matrix takes eta's place, eta's gradient is zero */
    public boolean usesEta() {
        return this != MODULATED && this != FANOUT && this != STPN;
    }
}
