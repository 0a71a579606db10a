package org.plastic4j.core.kernel.unrolled;

import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.Checkpoints;
import org.plastic4j.core.kernel.unrolled.ChunkGraph.Result;
import org.plastic4j.core.kernel.unrolled.ChunkedLifetimes.Chunk;
import org.plastic4j.core.spec.Signature.Input;

/** The backward pass of chunked lifetimes, from the last chunk to the first, each recomputed from the state before it. */
final class ChunkedGradients {
    /** So many states are stored at a time, besides the one of the chunk at hand. */
    private static final int CHECKPOINTS = 8;

    private final ChunkedLifetimes lifetimes;
    private final INDArray yGradient;
    private final Map<String, INDArray> gradients;

    /**
     * For gradients that are not known yet.
     *
     * @param yGradient [T, B, n]
     * @param gradients an array for each input but the mask, by label
     */
    ChunkedGradients(ChunkedLifetimes lifetimes, INDArray yGradient, Map<String, INDArray> gradients) {
        this.lifetimes = lifetimes;
        this.yGradient = yGradient;
        this.gradients = gradients;
    }

    /** @param traceGradients each [B, n, n]; none of them where all are zero */
    void run(INDArray... traceGradients) {
        gradients.values().forEach(gradient -> gradient.assign(0));
        ChunkState after = ChunkState.ofTraces(lifetimes.in, traceGradients);
        try (ChunkState first = ChunkState.first(lifetimes.in);
                ChunkState gradient = back(0, lifetimes.chunks.size(), first, after, CHECKPOINTS)) {
            gradient.byLabel(lifetimes.in.spec()).forEach((label, array) -> {
                if (gradients.containsKey(label)) {
                    gradients.get(label).assign(array);
                }
            });
        }
    }

    /**
     * Goes through chunks from the last to the first.
     *
     * @param before the state before chunk {@code from}
     * @param after the gradient with respect to the state after chunk {@code to - 1}; closed when it has been used
     * @param checkpoints how many states can be stored, {@code before} included
     * @return the gradient with respect to {@code before}
     */
    private ChunkState back(int from, int to, ChunkState before, ChunkState after, int checkpoints) {
        if (to - from == 1) {
            return differentiate(lifetimes.chunks.get(from), before, after);
        }
        int middle = from + Checkpoints.stride(to - from, checkpoints);
        ChunkState gradient;
        try (ChunkState stored = recompute(from, middle, before)) {
            gradient = back(middle, to, stored, after, checkpoints - 1);
        }
        return back(from, middle, before, gradient, checkpoints);
    }

    private ChunkState recompute(int from, int to, ChunkState before) {
        ChunkState state = before;
        for (Chunk chunk : lifetimes.chunks.subList(from, to)) {
            Result result = lifetimes.run(chunk, state);
            ChunkState.close(result.y());
            if (state != before) {
                state.close();
            }
            state = result.after();
        }
        return state;
    }

    private ChunkState differentiate(Chunk chunk, ChunkState before, ChunkState after) {
        INDArray ofY = chunk.of(yGradient).dup('c');
        ofY.slice(chunk.steps() - 1).addi(after.y());
        Map<String, INDArray> found = lifetimes.differentiate(chunk, before, ofY, after);
        ofY.close();
        after.close();
        ChunkState gradient = ChunkState.of(found, lifetimes.in);
        Set<String> ofState = gradient.byLabel(lifetimes.in.spec()).keySet();
        for (Input input : lifetimes.in.spec().signature().differentiable()) {
            INDArray part = found.get(input.label());
            INDArray all = gradients.get(input.label());
            if (part == null || ofState.contains(input.label())) {
                continue;
            } else if (ChunkedLifetimes.isOfSteps(input)) {
                chunk.of(all).assign(part);
            } else {
                all.addi(part.reshape(all.shape()));
            }
        }
        found.values().stream()
                .filter(array -> gradient.arrays().stream().noneMatch(kept -> kept == array))
                .forEach(ChunkState::close);
        return gradient;
    }
}
