package consumer;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RuleParameter;
import org.plastic4j.core.rule.RuleProvider;
import org.plastic4j.core.rule.Traces;

/**
 * A rule of one's own, {@code H'[i, j] = (1 - leak[j]) H[i, j] + eta x[i] y[j]}: how fast a neuron forgets is learned for each
 * of them. META-INF/services names its provider, by which saved graphs find it.
 */
public record LeakyHebb() implements PlasticityRule {
    static final String KEY = "leaky_hebb";
    static final RuleParameter LEAK =
            new RuleParameter("leak", RuleParameter.Size.PER_NEURON, new RuleParameter.Constant(0.1));

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public List<RuleParameter> parameters() {
        return List.of(RuleParameter.ETA, LEAK);
    }

    @Override
    public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
        SDVariable kept = parameters.get(LEAK).rsub(1).reshape(1, 1, -1);
        SDVariable written = parameters.get(RuleParameter.ETA).mul(pre.mul(post));
        return Traces.of(traces.hebb().mul(kept).add(written));
    }

    /** Makes the rule known by its key. */
    public static final class Provider implements RuleProvider {
        @Override
        public String key() {
            return KEY;
        }

        @Override
        public PlasticityRule create(double bound) {
            return new LeakyHebb();
        }
    }
}
