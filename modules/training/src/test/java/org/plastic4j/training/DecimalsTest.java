package org.plastic4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalsTest {
    @Test
    void textIsShortAndTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Decimals.shortest(0.1)).isEqualTo("0.1");
            assertThat(Decimals.shortest(20)).isEqualTo("20");
            assertThat(Decimals.shortest(-0.0)).isEqualTo("-0.0");
            assertThat(Decimals.shortest(2e23)).isEqualTo("2.0E23");
            assertThat(Decimals.shortest(Double.NaN)).isEqualTo("NaN");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void everyNumberReadsBackAsItself() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            assertThat(Double.valueOf(Decimals.shortest(value))).isEqualTo(Double.valueOf(value));
        }
    }
}
