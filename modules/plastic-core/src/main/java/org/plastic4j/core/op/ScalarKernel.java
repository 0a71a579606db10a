package org.plastic4j.core.op;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.LifetimeKernel;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.StepKernel;

/**
 * The kernel for floats where the Vector API is not there or slow: loops assembled from rules' definitions, in plain floats.
 *
 * @param plastic for layers with a rule
 * @param fixed for those without
 */
record ScalarKernel(LifetimeKernel plastic, LifetimeKernel fixed) implements LifetimeKernel {
    @Override
    public String toString() {
        return "plain loops";
    }

    private LifetimeKernel of(LifetimeTensors in) {
        return in.spec().isPlastic() ? plastic : fixed;
    }

    @Override
    public void forward(LifetimeTensors in, INDArray y, INDArray[] traces) {
        of(in).forward(in, y, traces);
    }

    @Override
    public StepKernel steps(LifetimeTensors parameters) {
        return of(parameters).steps(parameters);
    }

    @Override
    public void backward(
            LifetimeTensors in,
            INDArray y,
            INDArray yGradient,
            INDArray[] traceGradients,
            Map<String, INDArray> gradients) {
        of(in).backward(in, y, yGradient, traceGradients, gradients);
    }
}
