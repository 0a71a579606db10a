package org.plastic4j.benchmarks.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.plastic4j.benchmarks.cases.BenchmarkRule;

/**
 * Whole plastic lifetimes as one writes them in PyTorch: batched, a loop over the steps and none over the lifetimes,
 * differentiated by autograd.
 *
 * <pre>
 * pre(t) = u(t) + y(t-1) (w + alpha H(t))
 * y(t)   = clamp(t) value(t) + (1 - clamp(t)) tanh(pre(t))
 * </pre>
 *
 * @param rule how H goes on from there
 * @param bound of the trace, where the rule has one
 */
record PyTorchLifetime(BenchmarkRule rule, double bound) {
    /**
     * What lifetimes give.
     *
     * @param y outputs, shape [T, B, n]
     * @param hebb final traces, shape [B, n, n]
     */
    record Outputs(NDArray y, NDArray hebb) {
        /** sum(y yCot) + sum(hebb hebbCot): with random weights, no error in any output can hide. */
        NDArray objective(NDArray yCotangent, NDArray hebbCotangent) {
            return y.mul(yCotangent).sum().add(hebb.mul(hebbCotangent).sum());
        }
    }

    /**
     * @param tensors u [T, B, n], w [n, n], alpha [n, n] or [1], eta [1]; clamp and value [T, B, n], where neurons are
     *     clamped; y0 [B, n] and hebb0 [B, n, n], zero where they are missing; the rule's own
     * @return outputs and final traces
     */
    Outputs run(Map<String, NDArray> tensors) {
        NDArray u = tensors.get("u");
        long steps = u.getShape().get(0);
        long batch = u.getShape().get(1);
        long n = u.getShape().get(2);
        NDArray w = tensors.get("w");
        NDArray alpha = tensors.get("alpha");
        boolean clamped = tensors.containsKey("clamp");
        NDArray held = clamped ? tensors.get("clamp").mul(tensors.get("value")) : null;
        NDArray free = clamped ? tensors.get("clamp").neg().add(1) : null;
        PyTorchRules rules = new PyTorchRules(rule, bound, tensors);

        NDArray y = tensors.containsKey("y0")
                ? tensors.get("y0")
                : u.getManager().zeros(new Shape(batch, n), u.getDataType());
        PyTorchRules.State state = rules.initial(
                tensors.containsKey("hebb0")
                        ? tensors.get("hebb0")
                        : u.getManager().zeros(new Shape(batch, n, n), u.getDataType()));
        NDList ys = new NDList((int) steps);
        for (long t = 0; t < steps; t++) {
            // Python drops what is not named any more; here the scope does. What autograd needs, it keeps by itself.
            try (NDScope step = new NDScope()) {
                NDArray connections = w.add(alpha.mul(state.hebb()));
                NDArray pre =
                        u.get(t).add(y.expandDims(1).batchMatMul(connections).squeeze(1));
                NDArray now = clamped ? held.get(t).add(free.get(t).mul(pre.tanh())) : pre.tanh();
                state = rules.next(state, y, now);
                y = now;
                ys.add(now);
                NDScope.unregister(now, state.hebb());
                if (state.eligibility() != null) {
                    NDScope.unregister(state.eligibility());
                }
                step.suppressNotUsedWarning();
            }
        }
        return new Outputs(NDArrays.stack(ys), state.hebb());
    }
}
