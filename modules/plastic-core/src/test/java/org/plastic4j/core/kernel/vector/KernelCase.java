package org.plastic4j.core.kernel.vector;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.kernel.LifetimeKernel;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Signature;
import org.plastic4j.core.spec.Slot;

/**
 * A batch of lifetimes as kernels take it, with a clamp and a state to begin from. All values are floats, in whatever type they
 * come.
 *
 * @param values by label: the inputs of the spec, {@link #Y_GRADIENT} [T, B, n] and {@link #TRACE_GRADIENT} and a number,
 *     [B, n, n]
 */
record KernelCase(LifetimeSpec spec, Map<String, INDArray> values) {
    static final String Y_GRADIENT = "gradient of y";
    static final String TRACE_GRADIENT = "gradient of trace ";
    private static final double CLAMPED = 0.3;
    /** Off saturation, where a float says little about its gradient. */
    private static final double SCALE = 0.4;

    static KernelCase random(PlasticCell cell, int steps, int batch, long seed) {
        Set<Slot> given = EnumSet.of(Slot.MASK, Slot.Y0, Slot.HEBB0);
        if (cell.hasEligibility()) {
            given.add(Slot.ELIGIBILITY0);
        }
        LifetimeSpec spec = new LifetimeSpec(cell, given);
        Random random = new Random(seed);
        Map<String, INDArray> values = new LinkedHashMap<>();
        for (Signature.Input input : spec.signature().inputs()) {
            long[] shape = input.at(steps, batch).shape().stream()
                    .mapToLong(Long::longValue)
                    .toArray();
            boolean byConnection = shape.length == 2 && shape[0] == cell.neurons() && shape[1] == cell.neurons();
            double scale = byConnection ? SCALE / Math.sqrt(cell.neurons()) : SCALE;
            boolean mask = input.label().equals(Slot.MASK.label());
            values.put(
                    input.label(),
                    array(
                            shape.length == 0 ? new long[] {1} : shape,
                            mask ? () -> random.nextDouble() < CLAMPED ? 1 : 0 : () -> scale * random.nextGaussian()));
        }
        values.put(Y_GRADIENT, array(new long[] {steps, batch, cell.neurons()}, random::nextGaussian));
        for (int k = 0; k < cell.traces(); k++) {
            values.put(
                    TRACE_GRADIENT + k,
                    array(new long[] {batch, cell.neurons(), cell.neurons()}, random::nextGaussian));
        }
        return new KernelCase(spec, values);
    }

    private static INDArray array(long[] shape, java.util.function.DoubleSupplier value) {
        INDArray array = Nd4j.create(DataType.FLOAT, shape);
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, value.getAsDouble());
        }
        return array;
    }

    /** The same with some inputs changed value by value. */
    KernelCase with(Predicate<String> labels, DoubleUnaryOperator change) {
        Map<String, INDArray> changed = new LinkedHashMap<>(values);
        values.forEach((label, array) -> {
            if (labels.test(label)) {
                long[] index = {0};
                changed.put(label, array(array.shape(), () -> change.applyAsDouble(array.getDouble(index[0]++))));
            }
        });
        return new KernelCase(spec, changed);
    }

    LifetimeTensors tensors(DataType type) {
        List<INDArray> arrays = spec.signature().inputs().stream()
                .map(input -> values.get(input.label()).castTo(type))
                .toList();
        return new LifetimeTensors("test", spec, arrays);
    }

    /** Outputs "y" and "trace K", and gradients "grad LABEL". */
    Map<String, INDArray> run(LifetimeKernel kernel, DataType type) {
        LifetimeTensors in = tensors(type);
        Map<String, INDArray> results = forward(kernel, in);
        results.putAll(backward(kernel, in, results.get("y")));
        return results;
    }

    Map<String, INDArray> forward(LifetimeKernel kernel, LifetimeTensors in) {
        Map<String, INDArray> results = new LinkedHashMap<>();
        results.put("y", Nd4j.create(in.type(), values.get(Y_GRADIENT).shape()));
        INDArray[] traces = new INDArray[spec.traces()];
        for (int k = 0; k < traces.length; k++) {
            traces[k] = Nd4j.create(in.type(), values.get(TRACE_GRADIENT + k).shape());
            results.put("trace " + k, traces[k]);
        }
        kernel.forward(in, results.get("y"), traces);
        return results;
    }

    Map<String, INDArray> backward(LifetimeKernel kernel, LifetimeTensors in, INDArray y) {
        INDArray[] traceGradients = Stream.iterate(0, k -> k + 1)
                .limit(spec.traces())
                .map(k -> values.get(TRACE_GRADIENT + k).castTo(in.type()))
                .toArray(INDArray[]::new);
        Map<String, INDArray> gradients = new LinkedHashMap<>();
        for (Signature.Input input : spec.signature().differentiable()) {
            gradients.put(
                    input.label(),
                    Nd4j.create(in.type(), values.get(input.label()).shape()));
        }
        kernel.backward(in, y, values.get(Y_GRADIENT).castTo(in.type()), traceGradients, gradients);
        Map<String, INDArray> results = new LinkedHashMap<>();
        gradients.forEach((label, array) -> results.put("grad " + label, array));
        return results;
    }
}
