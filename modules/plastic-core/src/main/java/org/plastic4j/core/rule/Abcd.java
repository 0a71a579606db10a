package org.plastic4j.core.rule;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The ABCD rule: what is written is a sum of four terms, with a coefficient for every connection and term,
 *
 * <pre>H'[i, j] = clip(H[i, j] + eta (A[i, j] x[i] y[j] + B[i, j] x[i] + C[i, j] y[j] + D[i, j]), -b, b)</pre>
 *
 * <p>Najarro and Risi, <a href="https://arxiv.org/abs/2007.02686">Meta-Learning through Hebbian Plasticity in Random
 * Networks</a> (NeurIPS 2020), where weights are these traces and coefficients are evolved. Here all four, and eta, are
 * trained by backpropagation, beside fixed weights.
 *
 * @param bound b, finite and above 0
 */
public record Abcd(double bound) implements PlasticityRule {
    static final String KEY = "abcd";
    private static final RuleParameter.Normal START = new RuleParameter.Normal(0.1);
    /** Of {@code x[i] y[j]}, [m, n]. */
    public static final RuleParameter A = new RuleParameter("term_a", RuleParameter.Size.PER_CONNECTION, START);
    /** Of {@code x[i]}, [m, n]. */
    public static final RuleParameter B = new RuleParameter("term_b", RuleParameter.Size.PER_CONNECTION, START);
    /** Of {@code y[j]}, [m, n]. */
    public static final RuleParameter C = new RuleParameter("term_c", RuleParameter.Size.PER_CONNECTION, START);
    /** Of 1, [m, n]. */
    public static final RuleParameter D = new RuleParameter("term_d", RuleParameter.Size.PER_CONNECTION, START);

    /**
     * Checks the bound.
     *
     * @param bound b, finite and above 0
     */
    public Abcd {
        Clip.requireBound(bound);
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public List<RuleParameter> parameters() {
        return List.of(RuleParameter.ETA, A, B, C, D);
    }

    @Override
    public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
        SDVariable change = parameters
                .get(A)
                .mul(pre.mul(post))
                .add(parameters.get(B).mul(pre))
                .add(parameters.get(C).mul(post))
                .add(parameters.get(D));
        return Traces.of(
                Clip.clip(traces.hebb().add(parameters.get(RuleParameter.ETA).mul(change)), bound));
    }
}
