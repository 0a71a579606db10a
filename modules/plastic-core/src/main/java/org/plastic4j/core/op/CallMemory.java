package org.plastic4j.core.op;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
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

/**
 * Hands out a session's arrays, and takes each back when it is released, or else when the call ends.
 *
 * <p>Large ones are handed out again to whoever asks for the same type and shape, in this call or the next: memory that is
 * new to a process is cleared by the system page by page, which can take as long as the lifetime itself. What a call did
 * not need is closed at its end, so that no more is held than the last call used.
 */
final class CallMemory extends AbstractMemoryMgr {
    /** Smaller arrays, in bytes, come out of what the allocator has at hand. */
    private static final long LARGE = 1L << 20;
    /** No more than so many bytes wait to be handed out again. */
    private static final long MOST_SPARE = 1L << 28;

    private final Set<INDArray> live = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Kind, Deque<Spare>> spares = new HashMap<>();
    private long spareBytes;
    private long call;

    private record Kind(DataType type, List<Long> shape) {
        static Kind of(DataType type, long... shape) {
            return new Kind(type, Arrays.stream(shape).boxed().toList());
        }

        long bytes() {
            return shape.stream().reduce((long) type.width(), (product, size) -> product * size);
        }
    }

    /** @param call in which it was last in use */
    private record Spare(INDArray array, long call) {}

    @Override
    public INDArray allocate(boolean detached, DataType type, long... shape) {
        Kind kind = Kind.of(type, shape);
        Deque<Spare> ofKind = spares.get(kind);
        if (ofKind == null || ofKind.isEmpty()) {
            return keep(Nd4j.createUninitializedDetached(type, shape));
        }
        spareBytes -= kind.bytes();
        return keep(ofKind.pop().array);
    }

    @Override
    public INDArray allocate(boolean detached, LongShapeDescriptor descriptor) {
        return descriptor.isEmpty()
                ? keep(Nd4j.create(descriptor))
                : allocate(detached, descriptor.dataType(), descriptor.getShape());
    }

    private INDArray keep(INDArray array) {
        live.add(array);
        return array;
    }

    @Override
    public void release(INDArray array) {
        if (live.remove(array)) {
            takeBack(array);
        }
    }

    private void takeBack(INDArray array) {
        if (!array.closeable() || array.wasClosed()) {
            return;
        }
        Kind kind = Kind.of(array.dataType(), array.shape());
        boolean whole = array.ordering() == 'c' && array.data().length() == array.length();
        if (!whole || kind.bytes() < LARGE || spareBytes + kind.bytes() > MOST_SPARE) {
            array.close();
            return;
        }
        spares.computeIfAbsent(kind, key -> new ArrayDeque<>()).push(new Spare(array, call));
        spareBytes += kind.bytes();
    }

    /** Takes back what the call left behind, all but its result and what the result is a view of. */
    void endCall(ExecutionResult result) {
        Set<Object> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        results(result).forEach(array -> {
            live.remove(array);
            kept.add(array.data());
            kept.add(array.data() == null ? null : array.data().originalDataBuffer());
        });
        live.stream().filter(array -> !kept.contains(array.data())).forEach(this::takeBack);
        live.clear();
        closeSpares(call);
        call++;
    }

    /** Closes what was last in use before a call. */
    private void closeSpares(long before) {
        spares.forEach((kind, ofKind) -> ofKind.removeIf(spare -> {
            boolean old = spare.call < before;
            if (old) {
                spareBytes -= kind.bytes();
                spare.array.close();
            }
            return old;
        }));
        spares.values().removeIf(Deque::isEmpty);
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

    @Override
    public void close() {
        endCall(null);
        closeSpares(Long.MAX_VALUE);
    }
}
