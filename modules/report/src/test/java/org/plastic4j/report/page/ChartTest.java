package org.plastic4j.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {
    private static String values(double... values) {
        Chart chart =
                new Chart("c", "y", false, 0, values, List.of(Chart.Line.solid("l", "strong", 1, values)), List.of());
        return chart.json().replaceAll(".*\"x\":\\[([^]]*)].*", "$1");
    }

    @Test
    void numbersHaveSixDigitsHoweverLargeOrSmallTheyAre() {
        assertThat(values(1.0 / 3, -2.0 / 3, 123456.789, 1e-7 / 3, 9.9999996, 12345678.9, 1e-30 / 3))
                .isEqualTo("0.333333,-0.666667,123457.0,3.33333E-8,10.0,1.23457E7,3.33333E-31");
        assertThat(values(0, 3, -1e6, Double.NaN, Double.POSITIVE_INFINITY)).isEqualTo("0,3,-1000000,null,null");
    }
}
