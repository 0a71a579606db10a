package org.plastic4j.core.fused;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.autodiff.samediff.internal.memory.AbstractMemoryMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/** Hands out a session's arrays and closes each when it is released, or else when the call ends. */
final class CallMemory extends AbstractMemoryMgr {
    private final Set<INDArray> live = Collections.newSetFromMap(new IdentityHashMap<>());

    @Override
    public INDArray allocate(boolean detached, DataType type, long... shape) {
        return keep(Nd4j.createUninitializedDetached(type, shape));
    }

    @Override
    public INDArray allocate(boolean detached, LongShapeDescriptor descriptor) {
        return keep(
                descriptor.isEmpty()
                        ? Nd4j.create(descriptor)
                        : Nd4j.createUninitializedDetached(descriptor.dataType(), descriptor.getShape()));
    }

    private INDArray keep(INDArray array) {
        live.add(array);
        return array;
    }

    @Override
    public void release(INDArray array) {
        if (live.remove(array)) {
            close(array);
        }
    }

    /** Closes what the call left behind, all but its result and what the result is a view of. */
    void endCall(ExecutionResult result) {
        Set<Object> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        results(result).forEach(array -> {
            live.remove(array);
            kept.add(array.data());
            kept.add(array.data() == null ? null : array.data().originalDataBuffer());
        });
        live.stream().filter(array -> !kept.contains(array.data())).forEach(CallMemory::close);
        live.clear();
    }

    private static Stream<INDArray> results(ExecutionResult result) {
        if (result == null) {
            return Stream.empty();
        }
        if (result.getOutputs() != null) {
            return result.getOutputs().values().stream().flatMap(Optional::stream);
        }
        return result.getValueOutputs().values().stream()
                .filter(Objects::nonNull)
                .flatMap(value -> switch (value.getSdValueType()) {
                    case TENSOR -> Stream.of(value.getTensorValue());
                    case LIST -> value.getListValue().stream();
                    case DICT -> Stream.empty();
                })
                .filter(Objects::nonNull);
    }

    private static void close(INDArray array) {
        if (array.closeable() && !array.wasClosed()) {
            array.close();
        }
    }

    @Override
    public void close() {
        endCall(null);
    }
}
