package org.plastic4j.core.kernel.unrolled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.unrolled.ChunkGraph.Result;
import org.plastic4j.core.spec.Signature;
import org.plastic4j.core.spec.Signature.Input;
import org.plastic4j.core.spec.Slot;

/** A batch of lifetimes, cut into chunks of the same length and, at the end, single steps. */
final class ChunkedLifetimes {
    /** Of so many steps at a time all intermediates are kept. */
    static final int STEPS = 4;

    /** Steps from {@code begin} on, counted from 0. */
    record Chunk(int begin, int steps) {
        /** Its part of an array [T, B, n]. */
        INDArray of(INDArray array) {
            return array.get(NDArrayIndex.interval(begin, begin + steps), NDArrayIndex.all(), NDArrayIndex.all());
        }
    }

    final LifetimeTensors in;
    final List<Chunk> chunks = new ArrayList<>();
    private final ChunkGraphs graphs;

    ChunkedLifetimes(LifetimeTensors in, ChunkGraphs graphs) {
        this.in = in;
        this.graphs = graphs;
        if (in.has(Slot.MASK)) {
            Arrays.stream(HostArrays.doubles(in.get(Slot.MASK))).forEach(LifetimeTensors::requireBinary);
        }
        int begin = 0;
        while (begin < in.steps()) {
            Chunk chunk = new Chunk(begin, in.steps() - begin >= STEPS ? STEPS : 1);
            chunks.add(chunk);
            begin += chunk.steps();
        }
    }

    void forward(INDArray y, INDArray[] traces) {
        ChunkState state = ChunkState.first(in);
        for (Chunk chunk : chunks) {
            Result result = run(chunk, state);
            state.close();
            state = result.after();
            chunk.of(y).assign(result.y());
            ChunkState.close(result.y());
        }
        state.storeMemory(traces);
        state.close();
    }

    Result run(Chunk chunk, ChunkState before) {
        return graphs.of(chunk.steps()).run(inputs(chunk, before));
    }

    /** The gradients of a chunk by the inputs' labels; those that are missing are zero. */
    Map<String, INDArray> differentiate(Chunk chunk, ChunkState before, INDArray yGradient, ChunkState after) {
        return graphs.of(chunk.steps()).gradients(inputs(chunk, before), yGradient, after.memory());
    }

    private Map<String, INDArray> inputs(Chunk chunk, ChunkState before) {
        Map<String, INDArray> inputs = new LinkedHashMap<>();
        for (Input input : in.spec().signature().inputs()) {
            INDArray array = in.get(input.label());
            inputs.put(input.label(), isOfSteps(input) ? chunk.of(array) : ChunkGraph.parameter(input, array));
        }
        // In the place of what the lifetimes begin from.
        inputs.putAll(before.byLabel(in.spec()));
        return inputs;
    }

    static boolean isOfSteps(Input input) {
        return input.shape().contains(Signature.STEPS);
    }
}
