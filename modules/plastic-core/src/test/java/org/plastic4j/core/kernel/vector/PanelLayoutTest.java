package org.plastic4j.core.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plastic4j.core.kernel.HostView;

class PanelLayoutTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 100, 128, 129, 300, 1001, 1025, 2048})
    void packingAndUnpackingGiveBackTheMatrixAndKeepThePaddingZero(int n) {
        PanelLayout layout = new PanelLayout(n, 16);
        float[] matrix = elements(n);
        float[] packed = new float[layout.size()];
        float[] back = new float[n * n];
        for (int panel = 0; panel < layout.panels; panel++) {
            layout.pack(panel, HostView.of(matrix), 0, packed, 0);
            layout.unpack(panel, packed, 0, HostView.of(back), 0);
        }
        assertThat(back).isEqualTo(matrix);
        int padding = 0;
        for (float value : packed) {
            padding += value == 0 ? 1 : 0;
        }
        assertThat(padding).isEqualTo(layout.size() - n * n);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 129, 300})
    void packedPanelHoldsItsMatrixUntilANumberOfItChanges(int n) {
        PanelLayout layout = new PanelLayout(n, 16);
        float[] matrix = elements(n);
        float[] packed = new float[layout.size()];
        for (int panel = 0; panel < layout.panels; panel++) {
            layout.pack(panel, HostView.of(matrix), 0, packed, 0);
        }
        for (int index : new int[] {0, n / 2 * n + n - 1, n * n - 1}) {
            int changed = layout.panelOf(index % n);
            matrix[index]++;
            for (int panel = 0; panel < layout.panels; panel++) {
                assertThat(layout.holds(panel, HostView.of(matrix), 0, packed, 0))
                        .isEqualTo(panel != changed);
            }
            matrix[index]--;
            assertThat(layout.holds(changed, HostView.of(matrix), 0, packed, 0)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 100, 129, 300, 1001})
    void packingTransposedAsPackingTheTransposedMatrix(int n) {
        PanelLayout layout = new PanelLayout(n, 16);
        float[] matrix = elements(n);
        float[] transposed = new float[n * n];
        for (int k = 0; k < matrix.length; k++) {
            transposed[k % n * n + k / n] = matrix[k];
        }
        float[] expected = new float[layout.size()];
        float[] packed = new float[layout.size()];
        float[] back = new float[n * n];
        for (int panel = 0; panel < layout.panels; panel++) {
            layout.pack(panel, HostView.of(transposed), 0, expected, 0);
            layout.packTransposed(panel, HostView.of(matrix), 0, packed, 0);
            layout.unpackTransposed(panel, packed, 0, HostView.of(back), 0);
        }
        assertThat(packed).isEqualTo(expected);
        assertThat(back).isEqualTo(matrix);
    }

    private static float[] elements(int n) {
        float[] matrix = new float[n * n];
        for (int k = 0; k < matrix.length; k++) {
            matrix[k] = k + 1;
        }
        return matrix;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 17, 100, 250, 300, 1001, 2048})
    void panelsCoverAllColumnsWithoutOverlap(int n) {
        PanelLayout layout = new PanelLayout(n, 16);
        int column = 0;
        for (int panel = 0; panel < layout.panels; panel++) {
            assertThat(layout.start(panel)).isEqualTo(column);
            assertThat(layout.width(panel)).isPositive().isLessThanOrEqualTo(192);
            for (int c = 0; c < layout.width(panel); c++, column++) {
                assertThat(layout.panelOf(column)).isEqualTo(panel);
            }
        }
        assertThat(column).isEqualTo(layout.columns).isGreaterThanOrEqualTo(n);
    }
}
