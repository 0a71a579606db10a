package org.plastic4j.benchmarks.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.plastic4j.benchmarks.cases.EpisodeInputs;
import org.plastic4j.benchmarks.cases.EpisodeInputs.Work;
import org.plastic4j.benchmarks.cases.HostTensor;
import org.plastic4j.benchmarks.cases.Implementation;

/**
 * Omniglot's episodes as one writes them in PyTorch: its own convolutions on channels first, a loop over the steps and
 * none over the episodes, autograd, and Adam.
 */
public final class PyTorchEpisodes implements Implementation {
    private static final float LEARNING_RATE = 1e-5f;
    private static final double LEAST = 1e-12;

    private final EpisodeInputs inputs;
    private final Work work;
    private final int batch;
    private final NDManager manager = PyTorch.manager();
    private final Map<String, NDArray> resident;
    private final Adam adam =
            Adam.builder().optLearningRateTracker(Tracker.fixed(LEARNING_RATE)).build();

    /**
     * @param inputs what to compute on
     * @param work what to compute
     * @param batch how many episodes at a time; the first of them are what {@link #run} computes
     */
    public PyTorchEpisodes(EpisodeInputs inputs, Work work, int batch) {
        this.inputs = inputs;
        this.work = work;
        this.batch = batch;
        resident = load(manager, inputs.episodes(0, batch));
    }

    private static Map<String, NDArray> load(NDManager manager, EpisodeInputs inputs) {
        Map<String, NDArray> loaded = new HashMap<>();
        inputs.tensors().forEach((name, tensor) -> {
            NDArray array = manager.create(tensor.values(), new Shape(tensor.shape()));
            // Filters and channels come first there.
            loaded.put(
                    name,
                    tensor.shape().length == 4 && name.startsWith("conv")
                            ? array.transpose(3, 2, 0, 1).duplicate()
                            : array);
        });
        return loaded;
    }

    @Override
    public String name() {
        return "PyTorch";
    }

    @Override
    public int lifetimes() {
        return batch;
    }

    @Override
    public void run() {
        compute(resident, (name, gradient) -> {
            if (work == Work.TRAINING && name.startsWith("grad_")) {
                String parameter = name.substring("grad_".length());
                adam.update(parameter, resident.get(parameter), gradient);
            }
        });
    }

    private void compute(Map<String, NDArray> tensors, BiConsumer<String, NDArray> use) {
        try (NDManager scope = manager.newSubManager();
                GradientCollector collector = PyTorch.started().newGradientCollector()) {
            Map<String, NDArray> leaves = new HashMap<>();
            tensors.forEach((name, tensor) -> {
                // The same storage, but a gradient of its own that goes with the manager.
                NDArray leaf = tensor.stopGradient();
                leaf.attach(scope);
                leaf.setRequiresGradient(EpisodeInputs.isTrained(work, name));
                leaves.put(name, leaf);
            });
            NDArray features = features(leaves);
            NDArray output = work == Work.EMBEDDING ? features : answer(leaves, features);
            NDArray objective = work == Work.EMBEDDING
                    ? features.mul(leaves.get("cotangent")).sum()
                    : loss(output, leaves.get("asked"));
            collector.backward(objective);
            use.accept(work == Work.EMBEDDING ? "output" : "answer", output);
            leaves.forEach((name, leaf) -> {
                if (EpisodeInputs.isTrained(work, name)) {
                    NDArray gradient = leaf.getGradient();
                    gradient.attach(scope);
                    use.accept("grad_" + name, gradient);
                }
            });
        }
    }

    /** [T, B, m]. */
    private static NDArray features(Map<String, NDArray> tensors) {
        NDArray pictures = tensors.get("pictures");
        long steps = pictures.getShape().get(0);
        long episodes = pictures.getShape().get(1);
        NDArray x = pictures.reshape(steps * episodes, 1, EpisodeInputs.SIDE, EpisodeInputs.SIDE);
        Shape stride = new Shape(EpisodeInputs.STRIDE, EpisodeInputs.STRIDE);
        for (int l = 1; l <= EpisodeInputs.LAYERS; l++) {
            NDArray w = tensors.get("conv" + l + "_w");
            NDArray b = tensors.get("conv" + l + "_b");
            x = Conv2d.conv2d(x, w, b, stride).singletonOrThrow().tanh();
        }
        return x.reshape(steps, episodes, EpisodeInputs.FILTERS);
    }

    /** What the last step gives, [B, N]. */
    private static NDArray answer(Map<String, NDArray> tensors, NDArray features) {
        NDArray w = tensors.get("w");
        NDArray alpha = tensors.get("alpha");
        NDArray eta = tensors.get("eta");
        NDArray drive = tensors.get("drive");
        long episodes = features.getShape().get(1);
        NDArray hebb = features.getManager().zeros(new Shape(episodes, EpisodeInputs.FILTERS, EpisodeInputs.WAYS));
        NDArray y = null;
        for (int t = 0; t < EpisodeInputs.STEPS; t++) {
            NDArray x = features.get(t);
            NDArray pre = x.expandDims(1).batchMatMul(w.add(alpha.mul(hebb))).squeeze(1);
            y = pre.add(drive.get(t)).softmax(-1);
            NDArray post = y.expandDims(1);
            hebb = hebb.add(eta.mul(post).mul(x.expandDims(2).sub(post.mul(hebb))));
        }
        return y;
    }

    private static NDArray loss(NDArray answer, NDArray asked) {
        NDArray right = asked.mul(answer.add(LEAST).log());
        NDArray wrong = asked.neg().add(1).mul(answer.neg().add(1).add(LEAST).log());
        return right.add(wrong).mean().neg();
    }

    @Override
    public Map<String, HostTensor> results() {
        Map<String, HostTensor> all = new LinkedHashMap<>();
        int total = inputs.batch();
        // The objective of the embedding is a sum over episodes, the loss a mean.
        float fraction = work == Work.EMBEDDING ? 1 : batch / (float) total;
        for (int from = 0; from < total; from += batch) {
            int first = from;
            compute(load(manager, inputs.episodes(from, from + batch)), (name, array) -> {
                boolean filters = name.startsWith("grad_conv") && name.endsWith("_w");
                NDArray ours = filters ? array.transpose(2, 3, 1, 0) : array;
                HostTensor part = new HostTensor(ours.getShape().getShape(), ours.toFloatArray());
                gather(all, name, part, first, fraction);
            });
        }
        return all;
    }

    private void gather(Map<String, HostTensor> all, String name, HostTensor part, int from, float fraction) {
        int axis = name.equals("output") ? 1 : name.equals("answer") ? 0 : -1;
        HostTensor whole = all.computeIfAbsent(name, key -> {
            long[] shape = part.shape().clone();
            if (axis >= 0) {
                shape[axis] = inputs.batch();
            }
            return new HostTensor(shape, new float[HostTensor.length(shape)]);
        });
        if (axis >= 0) {
            whole.put(axis, from, part);
            return;
        }
        for (int i = 0; i < part.values().length; i++) {
            whole.values()[i] += fraction * part.values()[i];
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
