package org.plastic4j.core.kernel.unrolled;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.StepKernel;
import org.plastic4j.core.kernel.unrolled.ChunkGraph.Result;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Slot;

/** Steps by a graph of one step. */
final class ChunkedSteps implements StepKernel {
    /** Kept open: a stepper has no end, and its graphs of one step hold little. */
    private final ChunkGraphs graphs;

    private final LifetimeSpec spec;
    private final Map<String, INDArray> parameters = new HashMap<>();
    private ChunkState state;

    ChunkedSteps(LifetimeTensors parameters) {
        graphs = new ChunkGraphs(parameters);
        spec = parameters.spec();
        // Rejects what cannot be run before the first step.
        graphs.of(1, false);
        load(parameters);
    }

    @Override
    public void load(LifetimeTensors from) {
        MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
        try (none) {
            parameters.values().forEach(INDArray::close);
            for (String key : from.spec().layer().parameterKeys()) {
                INDArray copy = from.get(key).dup('c');
                parameters.put(key, ChunkGraph.parameter(from.spec().signature().get(key), copy));
            }
        }
    }

    @Override
    public void begin(LifetimeTensors from, INDArray... states) {
        MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
        try (none) {
            replace(ChunkState.first(from, states));
        }
    }

    private void replace(ChunkState by) {
        if (state != null) {
            state.close();
        }
        state = by;
    }

    @Override
    public void step(INDArray drive, INDArray mask, INDArray value, INDArray y) {
        if (mask != null) {
            Arrays.stream(HostArrays.doubles(mask)).forEach(LifetimeTensors::requireBinary);
        }
        MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
        try (none) {
            Map<String, INDArray> inputs = new HashMap<>(parameters);
            inputs.put(Slot.DRIVE.label(), asSteps(drive));
            if (mask != null) {
                inputs.put(Slot.MASK.label(), asSteps(mask));
                inputs.put(Slot.VALUE.label(), asSteps(value));
            }
            inputs.putAll(state.byLabel(spec));
            Result result = graphs.of(1, mask != null).run(inputs);
            ChunkState.close(result.y());
            replace(result.after());
            y.assign(state.y());
        }
    }

    /** [1, B, n] of [B, n]. */
    private static INDArray asSteps(INDArray array) {
        return Nd4j.expandDims(array, 0);
    }

    @Override
    public void store(INDArray y, INDArray[] traces, INDArray... states) {
        y.assign(state.y());
        state.storeMemory(Stream.of(traces, states).flatMap(Arrays::stream).toArray(INDArray[]::new));
    }
}
