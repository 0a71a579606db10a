package org.plastic4j.core.kernel.unrolled;

import java.util.Map;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.kernel.LifetimeKernel;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.StepKernel;

/**
 * The kernel of cells whose rule cannot be compiled, for float and double: SameDiff runs and differentiates the definition,
 * a chunk of steps at a time. Memory does not depend on the number of steps but for inputs and outputs; see docs/kernel.md.
 */
public final class ChunkedKernel implements LifetimeKernel {
    @Override
    public String toString() {
        return "chunks of " + ChunkedLifetimes.STEPS + " steps";
    }

    @Override
    public void forward(LifetimeTensors in, INDArray y, INDArray[] traces) {
        MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
        try (none;
                ChunkGraphs graphs = new ChunkGraphs(in)) {
            new ChunkedLifetimes(in, graphs).forward(y, traces);
        }
    }

    @Override
    public StepKernel steps(LifetimeTensors parameters) {
        return new ChunkedSteps(parameters);
    }

    @Override
    public void backward(
            LifetimeTensors in,
            INDArray y,
            INDArray yGradient,
            INDArray[] traceGradients,
            Map<String, INDArray> gradients) {
        MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
        try (none;
                ChunkGraphs graphs = new ChunkGraphs(in)) {
            new ChunkedGradients(new ChunkedLifetimes(in, graphs), yGradient, gradients).run(traceGradients);
        }
    }
}
