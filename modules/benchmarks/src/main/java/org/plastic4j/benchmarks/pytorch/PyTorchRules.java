package org.plastic4j.benchmarks.pytorch;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.plastic4j.benchmarks.cases.BenchmarkRule;

/** One step of the Hebbian trace of every rule, in PyTorch's ops over a whole batch. */
final class PyTorchRules {
    /**
     * What a rule carries from step to step.
     *
     * @param hebb the trace H, shape [B, n, n]
     * @param eligibility the trace E of the retroactive rule, shape [B, n, n]; null in the others
     */
    record State(NDArray hebb, NDArray eligibility) {}

    private final BenchmarkRule rule;
    private final double bound;
    private final Map<String, NDArray> p;
    private final Writing writing = Writing.chosen();

    /**
     * @param rule the rule
     * @param bound of the trace, where the rule has one
     * @param parameters eta [1], and m [n], c [1], f [n], g [n], A, B, C, D, lam, gam [n, n] where the rule has them
     */
    PyTorchRules(BenchmarkRule rule, double bound, Map<String, NDArray> parameters) {
        this.rule = rule;
        this.bound = bound;
        this.p = parameters;
    }

    State initial(NDArray hebb) {
        return new State(hebb, rule == BenchmarkRule.RETROACTIVE ? hebb.zerosLike() : null);
    }

    /**
     * @param state before the step
     * @param x pre-synaptic outputs, shape [B, n]
     * @param y post-synaptic outputs, shape [B, n]
     * @return the state after it
     */
    State next(State state, NDArray x, NDArray y) {
        NDArray hebb = state.hebb();
        NDArray pre = x.expandDims(2);
        NDArray post = y.expandDims(1);
        return switch (rule) {
            case DECAYING_HEBB -> new State(decay(hebb).add(growth(pre, post)), null);
            case OJA -> new State(hebb.add(p.get("eta").mul(post).mul(pre.sub(post.mul(hebb)))), null);
            case HARD_BOUND -> new State(clip(hebb.add(growth(pre, post))), null);
            case SOFT_BOUND -> {
                NDArray change = growth(pre, post);
                NDArray up =
                        change.clip(0, Double.POSITIVE_INFINITY).mul(hebb.neg().add(bound));
                NDArray down = change.clip(Double.NEGATIVE_INFINITY, 0).mul(hebb.add(bound));
                yield new State(clip(hebb.add(up).add(down)), null);
            }
            case MODULATED -> new State(clip(hebb.add(product(pre, signal(y), y))), null);
            case FANOUT -> {
                NDArray rate = signal(y).mul(p.get("f")).add(p.get("g"));
                yield new State(clip(hebb.add(product(pre, rate, y))), null);
            }
            case ABCD -> {
                NDArray change = p.get("A")
                        .mul(pre.batchMatMul(post))
                        .add(p.get("B").mul(pre))
                        .add(p.get("C").mul(post))
                        .add(p.get("D"));
                yield new State(clip(hebb.add(p.get("eta").mul(change))), null);
            }
            case STPN -> new State(p.get("lam").mul(hebb).add(p.get("gam").mul(pre.batchMatMul(post))), null);
            case RETROACTIVE ->
                new State(
                        clip(hebb.add(signal(y).expandDims(2).mul(state.eligibility()))),
                        decay(state.eligibility()).add(growth(pre, post)));
        };
    }

    private NDArray decay(NDArray trace) {
        return p.get("eta").neg().add(1).mul(trace);
    }

    /** eta x^T y. */
    private NDArray growth(NDArray pre, NDArray post) {
        return writing == Writing.TUNED
                ? pre.batchMatMul(p.get("eta").mul(post))
                : p.get("eta").mul(pre.batchMatMul(post));
    }

    /** x^T y times a rate, [B, 1] or [B, n], of each lifetime's connections. */
    private NDArray product(NDArray pre, NDArray rate, NDArray y) {
        return writing == Writing.TUNED
                ? pre.batchMatMul(rate.mul(y).expandDims(1))
                : rate.expandDims(1).mul(pre.batchMatMul(y.expandDims(1)));
    }

    /** M = tanh(y m + c), shape [B, 1]. */
    private NDArray signal(NDArray y) {
        return y.matMul(p.get("m").expandDims(1)).add(p.get("c")).tanh();
    }

    private NDArray clip(NDArray trace) {
        return trace.clip(-bound, bound);
    }
}
