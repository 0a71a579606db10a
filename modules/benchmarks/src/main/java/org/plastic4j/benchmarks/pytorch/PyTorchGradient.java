package org.plastic4j.benchmarks.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** A lifetime forward and backward by autograd. */
final class PyTorchGradient {
    private PyTorchGradient() {}

    /**
     * Lives lifetimes, and asks for gradients of the objective. All that this makes is freed on return.
     *
     * @param lifetime what to differentiate
     * @param tensors its inputs, with y_cot [T, B, n] and hebb_cot [B, n, n]; they are not changed
     * @param leaves the names of those to differentiate by
     * @param use takes y, hebb, and grad_NAME of every leaf, which is null for one that does not act
     */
    static void compute(
            PyTorchLifetime lifetime,
            Map<String, NDArray> tensors,
            Set<String> leaves,
            BiConsumer<String, NDArray> use) {
        try (NDManager manager = tensors.get("w").getManager().newSubManager();
                GradientCollector collector = PyTorch.started().newGradientCollector()) {
            Map<String, NDArray> inputs = new HashMap<>();
            tensors.forEach((name, tensor) -> {
                // The same storage, but a gradient of its own that goes with the manager.
                NDArray input = tensor.stopGradient();
                input.attach(manager);
                if (leaves.contains(name)) {
                    input.setRequiresGradient(true);
                }
                inputs.put(name, input);
            });
            PyTorchLifetime.Outputs outputs = lifetime.run(inputs);
            collector.backward(outputs.objective(inputs.get("y_cot"), inputs.get("hebb_cot")));
            use.accept("y", outputs.y());
            use.accept("hebb", outputs.hebb());
            for (String leaf : leaves) {
                NDArray input = inputs.get(leaf);
                NDArray gradient = input.getGradient();
                if (gradient != null) {
                    gradient.attach(manager);
                }
                use.accept("grad_" + leaf, gradient);
            }
        }
    }
}
