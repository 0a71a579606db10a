package org.plastic4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void textIsShortAndTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Numbers.shortest(0.1)).isEqualTo("0.1");
            assertThat(Numbers.shortest(20)).isEqualTo("20");
            assertThat(Numbers.shortest(-0.0)).isEqualTo("-0.0");
            assertThat(Numbers.shortest(2e23)).isEqualTo("2.0E23");
            assertThat(Numbers.shortest(Double.NaN)).isEqualTo("NaN");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void everyNumberReadsBackAsItself() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            assertThat(Double.valueOf(Numbers.shortest(value))).isEqualTo(Double.valueOf(value));
        }
    }
}
