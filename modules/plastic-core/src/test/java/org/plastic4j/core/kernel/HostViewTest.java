package org.plastic4j.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class HostViewTest {
    private static final int LENGTH = 21;

    /** In pieces of 4, 8 and 16 numbers, the last one not full, and in one of more than there are. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void rangesAreReadAcrossPieces(int pieceBits) {
        try (INDArray array = Nd4j.arange(LENGTH).castTo(DataType.FLOAT);
                HostView view = HostView.reading(array, pieceBits)) {
            for (int from = 0; from < LENGTH; from++) {
                for (int count = 0; count <= LENGTH - from; count++) {
                    float[] found = new float[count + 2];
                    view.get(from, found, 1, count);
                    for (int k = 0; k < count; k++) {
                        assertThat(found[1 + k]).isEqualTo(from + k);
                    }
                    assertThat(found[0] + found[count + 1]).isZero();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void aRangeHoldsItsOwnElementsAndNoOther(int pieceBits) {
        try (INDArray array = Nd4j.arange(LENGTH).castTo(DataType.FLOAT);
                HostView view = HostView.reading(array, pieceBits)) {
            for (int from = 0; from < LENGTH; from++) {
                float[] numbers = new float[LENGTH];
                view.get(from, numbers, 0, LENGTH - from);
                assertThat(view.holds(from, numbers, 0, LENGTH - from)).isTrue();
                for (int k = 0; k < LENGTH - from; k++) {
                    numbers[k]++;
                    assertThat(view.holds(from, numbers, 0, LENGTH - from)).isFalse();
                    numbers[k]--;
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void rangesAreWrittenAcrossPieces(int pieceBits) {
        float[] numbers = new float[LENGTH];
        for (int k = 0; k < LENGTH; k++) {
            numbers[k] = k + 1;
        }
        for (int from = 0; from < LENGTH; from++) {
            try (INDArray array = Nd4j.zeros(DataType.FLOAT, LENGTH)) {
                try (HostView view = HostView.writing(array, pieceBits)) {
                    view.put(from, numbers, from, LENGTH - from);
                }
                for (int k = 0; k < LENGTH; k++) {
                    assertThat(array.getFloat(k)).isEqualTo(k < from ? 0 : k + 1);
                }
            }
        }
    }

    @Test
    void arrayInAnotherOrderIsReadAsItsCopyInCOrder() {
        try (INDArray rows = Nd4j.arange(6).castTo(DataType.FLOAT).reshape(2, 3);
                HostView view = HostView.reading(rows.permute(1, 0))) {
            float[] found = new float[6];
            view.get(0, found, 0, 6);
            assertThat(found).containsExactly(0, 3, 1, 4, 2, 5);
        }
    }

    @Test
    void onlyDenseArraysAreWritten() {
        try (INDArray rows = Nd4j.zeros(DataType.FLOAT, 2, 3)) {
            INDArray turned = rows.permute(1, 0);
            assertThatThrownBy(() -> HostView.writing(turned)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** ND4J frees an array's memory when the garbage collector has found the array; a view has nothing but its address. */
    @Test
    void anArrayThatIsUsedThroughAViewAloneIsNotCollected() {
        List<HostView> views = new ArrayList<>();
        List<WeakReference<INDArray>> arrays = new ArrayList<>();
        for (Function<INDArray, HostView> open : List.<Function<INDArray, HostView>>of(
                HostView::reading, HostView::writing, array -> HostView.reading(array.permute(1, 0)))) {
            INDArray array = Nd4j.ones(DataType.FLOAT, LENGTH, 2);
            views.add(open.apply(array));
            arrays.add(new WeakReference<>(array));
        }
        System.gc();
        assertThat(arrays.subList(0, 2)).extracting(WeakReference::get).doesNotContainNull();
        for (HostView view : views) {
            float[] found = new float[2 * LENGTH];
            view.get(0, found, 0, found.length);
            assertThat(found).containsOnly(1);
            view.close();
        }
    }
}
