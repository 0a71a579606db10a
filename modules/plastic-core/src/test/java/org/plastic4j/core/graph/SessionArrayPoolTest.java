package org.plastic4j.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

class SessionArrayPoolTest {
    /** 2 MiB, and so one that is worth keeping. */
    private static final long LARGE = 1L << 19;

    private static final long SMALL = 1L << 10;

    private final SessionArrayPool memory = new SessionArrayPool();

    @AfterEach
    void close() {
        memory.close();
    }

    private INDArray array(long... shape) {
        return memory.allocate(true, DataType.FLOAT, shape);
    }

    private static ExecutionResult result(INDArray array) {
        return ExecutionResult.builder()
                .outputs(Map.of("y", Optional.of(array)))
                .build();
    }

    @Test
    void largeArrayThatWasReleasedIsHandedOutAgain() {
        INDArray first = array(LARGE);
        memory.release(first);

        assertThat(array(LARGE)).isSameAs(first);
        assertThat(array(LARGE)).isNotSameAs(first);
    }

    @Test
    void largeArrayThatACallLeftBehindIsHandedOutInTheNext() {
        INDArray first = array(LARGE);
        memory.endCall(null);

        assertThat(first.wasClosed()).isFalse();
        assertThat(array(LARGE)).isSameAs(first);
    }

    @Test
    void anotherShapeOrTypeGetsAnArrayOfItsOwn() {
        INDArray first = array(2, LARGE / 2);
        memory.release(first);

        assertThat(array(LARGE / 2, 2)).isNotSameAs(first);
        assertThat(memory.allocate(true, DataType.INT32, 2, LARGE / 2)).isNotSameAs(first);
        assertThat(array(2, LARGE / 2)).isSameAs(first);
    }

    @Test
    void whatTheNextCallDoesNotNeedIsClosedAtItsEnd() {
        INDArray first = array(LARGE);
        memory.endCall(null);
        memory.endCall(null);

        assertThat(first.wasClosed()).isTrue();
    }

    @Test
    void smallArrayIsClosedAtOnce() {
        INDArray small = array(SMALL);
        memory.release(small);

        assertThat(small.wasClosed()).isTrue();
    }

    @Test
    void resultIsTheCallersForGood() {
        INDArray y = array(LARGE);
        memory.endCall(result(y));
        INDArray other = array(LARGE);
        memory.endCall(null);
        memory.endCall(null);

        assertThat(other).isNotSameAs(y);
        assertThat(y.wasClosed()).isFalse();
        y.close();
    }

    @Test
    void arrayThatAResultIsAViewOfStaysToo() {
        INDArray whole = array(2, LARGE);
        INDArray view = whole.get(NDArrayIndex.point(1), NDArrayIndex.all());
        memory.endCall(result(view));
        INDArray other = array(2, LARGE);
        memory.endCall(null);
        memory.endCall(null);

        assertThat(other).isNotSameAs(whole);
        assertThat(whole.wasClosed()).isFalse();
        whole.close();
    }

    @Test
    void noMoreThanAQuarterOfAGibibyteWaits() {
        INDArray[] many = new INDArray[5];
        for (int k = 0; k < many.length; k++) {
            // 64 MiB each, which the system does not back with pages as long as nothing is written.
            many[k] = array(1L << 24);
        }
        for (INDArray array : many) {
            memory.release(array);
        }

        assertThat(many).extracting(INDArray::wasClosed).containsExactly(false, false, false, false, true);
    }

    @Test
    void closingClosesWhatWaits() {
        INDArray first = array(LARGE);
        memory.release(first);
        memory.close();

        assertThat(first.wasClosed()).isTrue();
    }
}
