package org.plastic4j.core.rule;

import java.util.Map;
import java.util.Objects;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A Hebbian trace that accumulates within bounds and does not decay. With {@code D = eta x[i] y[j]}
 *
 * <pre>
 * hard   H'[i, j] = clip(H[i, j] + D, -b, b)
 * soft   H'[i, j] = clip(H[i, j] + max(D, 0) (b - H[i, j]) + min(D, 0) (H[i, j] + b), -b, b)
 * </pre>
 *
 * <p>In the soft bound, steps become smaller on the way to the bound; only where {@code |D| > 1} does it have to be clipped.
 * Gradients pass where nothing was clipped, the bound itself included; where D = 0, that of {@code |D|} is 0.
 *
 * <p>The rule of the maze agents of Miconi, Clune and Stanley, <a href="https://arxiv.org/abs/1804.02464">Differentiable
 * plasticity</a> (ICML 2018), and of Miconi, Rawal, Clune and Stanley, <a
 * href="https://arxiv.org/abs/2002.10585">Backpropamine</a> (ICLR 2019).
 *
 * @param bounding how the trace is bounded
 * @param bound b, finite and above 0
 */
public record BoundedHebb(Bounding bounding, double bound) implements PlasticityRule {
    static final String HARD_KEY = "hard_bound";
    static final String SOFT_KEY = "soft_bound";

    /**
     * Checks the bound.
     *
     * @param bounding how the trace is bounded
     * @param bound b, finite and above 0
     */
    public BoundedHebb {
        Objects.requireNonNull(bounding, "bounding");
        Clip.requireBound(bound);
    }

    @Override
    public String key() {
        return bounding == Bounding.HARD ? HARD_KEY : SOFT_KEY;
    }

    @Override
    public double largestInitialEta() {
        return Double.MAX_VALUE;
    }

    @Override
    public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
        SDVariable hebb = traces.hebb();
        SDVariable change = parameters.get(RuleParameter.ETA).mul(pre.mul(post));
        return Traces.of(Clip.clip(hebb.add(bounding == Bounding.HARD ? change : softened(hebb, change)), bound));
    }

    /** {@code max(D, 0) (b - H) + min(D, 0) (H + b)}, which is {@code b D - |D| H}. */
    private SDVariable softened(SDVariable hebb, SDVariable change) {
        SameDiff graph = hebb.getSameDiff();
        return change.mul(bound).sub(graph.math().abs(change).mul(hebb));
    }
}
