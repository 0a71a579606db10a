package org.plastic4j.training.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ThinnedMetricsTest {
    private static final List<String> NAMES = List.of("lifetimes", "error", "eta");

    @Test
    void fewRowsStayAsTheyAre() {
        ThinnedMetrics metrics = new ThinnedMetrics(NAMES);
        metrics.add(new double[] {10, 0.5, 1});
        metrics.add(new double[] {30, 0.25, 2});

        assertThat(metrics.lifetimes()).containsExactly(10, 30);
        assertThat(metrics.column("error")).containsExactly(0.5, 0.25);
        assertThat(metrics.column("eta")).containsExactly(1, 2);
        assertThat(metrics.column("nothing")).containsOnly(Double.NaN);
    }

    @Test
    void aMillionRowsFitIntoAFewBucketsWhoseMeansAreTheRowsOwn() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        ThinnedMetrics metrics = new ThinnedMetrics(NAMES);
        double sum = 0;
        double lifetimes = 0;
        for (int k = 0; k < 1_000_000; k++) {
            int more = random.nextInt(1, 4);
            double value = random.nextDouble();
            lifetimes += more;
            sum += more * value;
            metrics.add(new double[] {lifetimes, value, k});
        }

        double[] ends = metrics.lifetimes();
        assertThat(ends)
                .as("seed " + seed)
                .hasSizeBetween(ThinnedMetrics.MOST / 2, ThinnedMetrics.MOST)
                .isSorted();
        assertThat(ends[ends.length - 1]).isEqualTo(lifetimes);
        double[] means = metrics.column("error");
        double all = 0;
        for (int k = 0; k < means.length; k++) {
            all += means[k] * (ends[k] - (k == 0 ? 0 : ends[k - 1]));
        }
        assertThat(all).as("seed " + seed).isCloseTo(sum, within(1e-6 * sum));
        assertThat(metrics.rows()).isEqualTo(1_000_000);
    }

    @Test
    void whatIsNoNumberIsLeftOutOfTheMeans() {
        ThinnedMetrics metrics = new ThinnedMetrics(NAMES);
        for (int k = 1; k <= 4 * ThinnedMetrics.MOST; k++) {
            metrics.add(new double[] {k, k % 2 == 0 ? Double.NaN : 0.5, Double.NaN});
        }
        assertThat(metrics.column("error")).containsOnly(0.5);
        assertThat(Arrays.stream(metrics.column("eta")).allMatch(Double::isNaN)).isTrue();
    }

    @Test
    void rowThatIsNotBehindTheLastOneIsRejected() {
        ThinnedMetrics metrics = new ThinnedMetrics(NAMES);
        metrics.add(new double[] {10, 0.5, 1});
        assertThatThrownBy(() -> metrics.add(new double[] {10, 0.5, 1})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> metrics.add(new double[] {11, 0.5})).isInstanceOf(IllegalArgumentException.class);
    }
}
