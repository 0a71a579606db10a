package org.plastic4j.core.kernel;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.spec.LifetimeSpec;

/** A kernel that leaves each layer to the one among others that suits it. */
public abstract class KernelChoice implements LifetimeKernel {
    /** The kernel for a layer, always the same one. */
    protected abstract LifetimeKernel of(LifetimeSpec spec);

    @Override
    public final void forward(LifetimeTensors in, INDArray y, INDArray[] traces) {
        of(in.spec()).forward(in, y, traces);
    }

    @Override
    public final StepKernel steps(LifetimeTensors parameters) {
        return of(parameters.spec()).steps(parameters);
    }

    @Override
    public final void backward(
            LifetimeTensors in,
            INDArray y,
            INDArray yGradient,
            INDArray[] traceGradients,
            Map<String, INDArray> gradients) {
        of(in.spec()).backward(in, y, yGradient, traceGradients, gradients);
    }
}
