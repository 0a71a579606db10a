package org.plastic4j.core.graph;

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
 * <p>Large ones are pooled, and handed out again for the same type and shape, in this call or the next: memory that is new to
 * a process is cleared by the system page by page, which can take as long as the lifetime itself. What a call did not need
 * is closed at its end, so that no more is held than the last call used.
 */
final class SessionArrayPool extends AbstractMemoryMgr {
    /** Smaller arrays, in bytes, come out of what the allocator has at hand. */
    private static final long LARGE = 1L << 20;
    /** The pool holds no more than so many bytes. */
    private static final long MOST_POOLED = 1L << 28;

    private final Set<INDArray> inUse = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Kind, Deque<Pooled>> pool = new HashMap<>();
    private long pooledBytes;
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
    private record Pooled(INDArray array, long call) {}

    @Override
    public INDArray allocate(boolean detached, DataType type, long... shape) {
        Kind kind = Kind.of(type, shape);
        Deque<Pooled> ofKind = pool.get(kind);
        if (ofKind == null || ofKind.isEmpty()) {
            return inUse(Nd4j.createUninitializedDetached(type, shape));
        }
        pooledBytes -= kind.bytes();
        return inUse(ofKind.pop().array);
    }

    @Override
    public INDArray allocate(boolean detached, LongShapeDescriptor descriptor) {
        return descriptor.isEmpty()
                ? inUse(Nd4j.create(descriptor))
                : allocate(detached, descriptor.dataType(), descriptor.getShape());
    }

    private INDArray inUse(INDArray array) {
        inUse.add(array);
        return array;
    }

    @Override
    public void release(INDArray array) {
        if (inUse.remove(array)) {
            takeBack(array);
        }
    }

    private void takeBack(INDArray array) {
        if (!array.closeable() || array.wasClosed()) {
            return;
        }
        Kind kind = Kind.of(array.dataType(), array.shape());
        boolean whole = array.ordering() == 'c' && array.data().length() == array.length();
        if (!whole || kind.bytes() < LARGE || pooledBytes + kind.bytes() > MOST_POOLED) {
            array.close();
            return;
        }
        pool.computeIfAbsent(kind, key -> new ArrayDeque<>()).push(new Pooled(array, call));
        pooledBytes += kind.bytes();
    }

    /** Takes back what the call left behind, all but its result and what the result is a view of. */
    void endCall(ExecutionResult result) {
        Set<Object> results = Collections.newSetFromMap(new IdentityHashMap<>());
        results(result).forEach(array -> {
            inUse.remove(array);
            results.add(array.data());
            results.add(array.data() == null ? null : array.data().originalDataBuffer());
        });
        inUse.stream().filter(array -> !results.contains(array.data())).forEach(this::takeBack);
        inUse.clear();
        closePooled(call);
        call++;
    }

    /** Closes what was last in use before a call. */
    private void closePooled(long before) {
        pool.forEach((kind, ofKind) -> ofKind.removeIf(pooled -> {
            boolean old = pooled.call < before;
            if (old) {
                pooledBytes -= kind.bytes();
                pooled.array.close();
            }
            return old;
        }));
        pool.values().removeIf(Deque::isEmpty);
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
        closePooled(Long.MAX_VALUE);
    }
}
