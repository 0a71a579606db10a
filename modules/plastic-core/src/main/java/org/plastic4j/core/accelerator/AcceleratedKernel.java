package org.plastic4j.core.accelerator;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.accelerator.LifetimeAccelerator.Shape;
import org.plastic4j.core.kernel.HostView;
import org.plastic4j.core.kernel.LifetimeKernel;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.StepKernel;
import org.plastic4j.core.rule.KernelFamily;
import org.plastic4j.core.spec.Slot;

/** Lifetimes on an accelerator, and on the CPU those that it does not take. */
public final class AcceleratedKernel implements LifetimeKernel {
    private final LifetimeAccelerator accelerator;
    private final LifetimeKernel cpu;

    /**
     * Two kernels in one.
     *
     * @param accelerator computes what it takes
     * @param cpu computes the rest
     */
    public AcceleratedKernel(LifetimeAccelerator accelerator, LifetimeKernel cpu) {
        this.accelerator = accelerator;
        this.cpu = cpu;
    }

    private static Shape shape(LifetimeTensors in) {
        return new Shape(in.spec(), in.steps(), in.batch());
    }

    private boolean takes(LifetimeTensors in) {
        return (!in.spec().isPlastic() || KernelFamily.of(in.spec().rule()).isPresent())
                && shape(in).isOneBufferEach()
                && accelerator.takes(shape(in));
    }

    @Override
    public void forward(LifetimeTensors in, INDArray y, INDArray[] traces) {
        if (!takes(in)) {
            cpu.forward(in, y, traces);
            return;
        }
        try (Views views = new Views()) {
            accelerator.forward(shape(in), inputs(in, views), views.writing(y), all(traces, views, true));
        }
    }

    @Override
    public StepKernel steps(LifetimeTensors parameters) {
        return cpu.steps(parameters);
    }

    @Override
    public void backward(
            LifetimeTensors in,
            INDArray y,
            INDArray yGradient,
            INDArray[] traceGradients,
            Map<String, INDArray> gradients) {
        if (!takes(in)) {
            cpu.backward(in, y, yGradient, traceGradients, gradients);
            return;
        }
        try (Views views = new Views()) {
            Map<Slot, FloatBuffer> outputs = new EnumMap<>(Slot.class);
            gradients.forEach((label, array) -> outputs.put(Slot.of(label), views.writing(array)));
            accelerator.backward(
                    shape(in),
                    inputs(in, views),
                    views.reading(y),
                    views.reading(yGradient),
                    all(traceGradients, views, false),
                    outputs);
        }
    }

    private static Map<Slot, FloatBuffer> inputs(LifetimeTensors in, Views views) {
        Map<Slot, FloatBuffer> inputs = new EnumMap<>(Slot.class);
        for (Slot slot : in.spec().inputs()) {
            FloatBuffer values = views.reading(in.get(slot));
            if (slot == Slot.MASK) {
                for (int k = 0; k < values.limit(); k++) {
                    LifetimeTensors.requireBinary(values.get(k));
                }
            }
            inputs.put(slot, values);
        }
        return inputs;
    }

    private static List<FloatBuffer> all(INDArray[] arrays, Views views, boolean writing) {
        List<FloatBuffer> buffers = new ArrayList<>();
        for (INDArray array : arrays) {
            buffers.add(writing ? views.writing(array) : views.reading(array));
        }
        return buffers;
    }

    /** The views of a call. */
    private static final class Views implements AutoCloseable {
        private final List<HostView> open = new ArrayList<>();

        FloatBuffer reading(INDArray array) {
            return whole(HostView.reading(array));
        }

        FloatBuffer writing(INDArray array) {
            return whole(HostView.writing(array));
        }

        private FloatBuffer whole(HostView view) {
            open.add(view);
            return view.whole();
        }

        @Override
        public void close() {
            open.forEach(HostView::close);
        }
    }
}
