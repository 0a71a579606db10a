package org.plastic4j.cuda;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.plastic4j.core.accelerator.LifetimeAccelerator;
import org.plastic4j.core.accelerator.LifetimeAccelerator.Shape;
import org.plastic4j.core.accelerator.LifetimeDevice;
import org.plastic4j.core.spec.Slot;

/** Has the tests of a class compute their fused lifetimes on the GPU, and skips them where there is none. */
public final class OnTheGpu implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {
    private final AtomicInteger taken = new AtomicInteger();

    /** One for all tests: a device's kernels are compiled when they are asked for first. */
    private static final class Found {
        private static final CudaDevice DEVICE;
        private static final Optional<CudaLifetimes> GPU;
        private static final String MISSING;

        static {
            CudaDevice device = null;
            String missing = "";
            try {
                device = CudaDevice.open();
            } catch (LifetimeAccelerator.Unavailable e) {
                missing = e.getMessage();
            }
            DEVICE = device;
            GPU = Optional.ofNullable(device).map(CudaLifetimes::new);
            MISSING = missing;
        }
    }

    /** The device of all tests that are not skipped. */
    static CudaDevice device() {
        return Found.DEVICE;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Found.GPU.isPresent()
                ? ConditionEvaluationResult.enabled("there is a GPU")
                : ConditionEvaluationResult.disabled("no GPU: " + Found.MISSING);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        LifetimeDevice.use(Found.GPU.map(Counted::new));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        LifetimeDevice.use(Optional.empty());
        if (taken.get() == 0) {
            throw new AssertionError("no lifetime of " + context.getDisplayName() + " was computed on the GPU");
        }
    }

    private final class Counted implements LifetimeAccelerator {
        private final LifetimeAccelerator gpu;

        Counted(LifetimeAccelerator gpu) {
            this.gpu = gpu;
        }

        @Override
        public String description() {
            return gpu.description();
        }

        @Override
        public boolean takes(Shape shape) {
            if (!gpu.takes(shape)) {
                throw new AssertionError("the GPU does not take " + shape);
            }
            taken.incrementAndGet();
            return true;
        }

        @Override
        public void forward(Shape shape, Map<Slot, FloatBuffer> inputs, FloatBuffer y, List<FloatBuffer> traces) {
            gpu.forward(shape, inputs, y, traces);
        }

        @Override
        public void backward(
                Shape shape,
                Map<Slot, FloatBuffer> inputs,
                FloatBuffer y,
                FloatBuffer yGradient,
                List<FloatBuffer> traceGradients,
                Map<Slot, FloatBuffer> gradients) {
            gpu.backward(shape, inputs, y, yGradient, traceGradients, gradients);
        }
    }
}
