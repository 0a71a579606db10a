package org.plastic4j.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.plastic4j.training.trainer.Pace;

class ProgressTest {
    private static final double NO_LIMIT = Double.POSITIVE_INFINITY;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void plainLineComesEveryFiveSeconds() {
        AtomicLong clock = new AtomicLong();
        try (ProgressLines progress = new ProgressLines(out, 1000, NO_LIMIT, clock::get)) {
            for (int lifetimes = 1; lifetimes <= 110; lifetimes++) {
                clock.addAndGet(100_000_000);
                progress.update(lifetimes, () -> "error 12.00%, loss 3.5");
            }
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("""
            50/1000 lifetimes, 10.0 lifetimes/s, error 12.00%, loss 3.5, at most 95 s left
            100/1000 lifetimes, 10.0 lifetimes/s, error 12.00%, loss 3.5, at most 90 s left
            """);
    }

    @Test
    void timeLeftIsThatOfTheLastSecondsAndNotOfTheSlowFirstOnes() {
        AtomicLong clock = new AtomicLong();
        try (ProgressLines progress = new ProgressLines(out, 100_000, NO_LIMIT, clock::get)) {
            clock.addAndGet(6_000_000_000L);
            progress.update(6, () -> "x");
            for (int second = 1; second <= 40; second++) {
                clock.addAndGet(1_000_000_000);
                progress.update(6 + 1000L * second, () -> "x");
            }
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .last()
                .asString()
                .startsWith("40006/100000 lifetimes, 1000.0 lifetimes/s, x, at most 60 s left");
    }

    @Test
    void timeUntilTheFirstUpdateIsOverSaysNothingOfTheRest() {
        AtomicLong clock = new AtomicLong();
        try (ProgressLines progress = new ProgressLines(out, 60, NO_LIMIT, clock::get)) {
            clock.addAndGet(14_000_000_000L);
            progress.update(1, () -> "x");
            for (int lifetimes = 2; lifetimes <= 11; lifetimes++) {
                clock.addAndGet(500_000_000L);
                progress.update(lifetimes, () -> "x");
            }
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("1/60 lifetimes, x\n11/60 lifetimes, 2.0 lifetimes/s, x, at most 25 s left\n");
    }

    @Test
    void barShowsLifetimesSpeedMeasuresAndTimeLeftOnANarrowTerminal() {
        Pace pace = new Pace(0, 0, NO_LIMIT);
        assertThat(ProgressBarLine.message(pace, 1000, "error 12.00%")).isEqualTo("error 12.00%");
        pace.note(1, 2);
        assertThat(ProgressBarLine.message(pace, 998, "error 12.00%")).isEqualTo("2.0/s, error 12.00%");
        pace.note(100, 250);
        assertThat(ProgressBarLine.line(250, 1000, ProgressBarLine.message(pace, 750, "error 12.00%, loss 3.5"), 79))
                .startsWith("[====            ] 250/1000, 2.5/s, error 12.00%, loss 3.5, 4 min 59 s left")
                .hasSize(79);
        assertThat(ProgressBarLine.line(0, 1000, "", 79).strip()).isEqualTo("[                ] 0/1000");
        assertThat(ProgressBarLine.line(1004, 1000, "x", 79)).startsWith("[================] 1004/1000");
    }

    @Test
    void barOfARunThatStopsEarlyEndsFull() {
        try (ProgressBarLine progress = new ProgressBarLine(out, 1000, 0, NO_LIMIT)) {
            progress.update(250, () -> "error 1.00%");
            progress.finished();
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("[================] 250/250");
    }

    @Test
    void speedOfARunThatGoesOnIsThatOfItsNewLifetimes() {
        AtomicLong clock = new AtomicLong();
        try (ProgressLines progress = new ProgressLines(out, 1000, NO_LIMIT, clock::get)) {
            clock.addAndGet(1_000_000_000L);
            progress.update(910, () -> "error 12.00%");
            clock.addAndGet(4_000_000_000L);
            progress.update(950, () -> "error 12.00%");
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("950/1000 lifetimes, 10.0 lifetimes/s, error 12.00%, at most 5.0 s left\n");
    }

    @Test
    void timeLeftIsNeverMoreThanTheSecondsThatTrainingMayTake() {
        AtomicLong clock = new AtomicLong(7_000_000_000L);
        try (ProgressLines progress = new ProgressLines(out, 100_000, 20, clock::get)) {
            for (int lifetimes = 1; lifetimes <= 4; lifetimes++) {
                clock.addAndGet(6_000_000_000L);
                progress.update(lifetimes, () -> "x");
            }
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines().map(line -> line.replaceFirst(".*lifetimes/s, ", "")))
                .containsExactly(
                        "1/100000 lifetimes, x",
                        "x, at most 8.0 s left",
                        "x, at most 2.0 s left",
                        "x, at most 0.0 s left");
    }

    @Test
    void barIsWrittenToItsTerminal() throws Exception {
        try (ProgressBarLine progress = new ProgressBarLine(out, 1000, 0, NO_LIMIT)) {
            Thread.sleep(20);
            progress.update(500, () -> "error 12.00%, loss 3.5");
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("500/1000", "error 12.00%, loss 3.5");
    }
}
