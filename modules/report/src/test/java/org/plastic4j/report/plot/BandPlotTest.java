package org.plastic4j.report.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.metric.Aggregate;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.trainer.PrimaryMetric;

class BandPlotTest {
    private static final PrimaryMetric ERROR =
            new PrimaryMetric("error", "bit error rate", PrimaryMetric.Better.LOWER, PrimaryMetric.Unit.FRACTION);

    @TempDir
    private Path folder;

    private static MetricTable run(int rows, int seed) {
        Random random = new Random(seed);
        List<double[]> table = new ArrayList<>();
        double tau = 35 + 25 * random.nextDouble();
        for (int i = 1; i <= rows; i++) {
            double error = 0.5 * Math.exp(-i / tau) * (1 + 0.3 * random.nextGaussian());
            table.add(new double[] {i, Math.max(0, error)});
        }
        return new MetricTable(List.of("lifetimes", "error"), table);
    }

    private void draws(String name, List<MetricTable> runs) throws Exception {
        Path png = folder.resolve(name);
        BandPlot plot = new BandPlot("binary-patterns, released", ERROR, Optional.of(0.01));

        assertThat(plot.tryDraw(Aggregate.of(runs, "error"), png)).isEmpty();
        assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(900);
        if (System.getProperty("plots.dir") != null) {
            Files.createDirectories(Path.of(System.getProperty("plots.dir")));
            Files.copy(png, Path.of(System.getProperty("plots.dir"), name));
        }
    }

    @Test
    void meanAndBandsOfSeveralRunsAreDrawn() throws Exception {
        draws(
                "band.png",
                java.util.stream.IntStream.range(0, 10)
                        .mapToObj(seed -> run(300, seed))
                        .toList());
    }

    @Test
    void runsOfDifferentLengthsAndDegenerateOnesAreDrawnToo() throws Exception {
        draws("uneven.png", List.of(run(3000, 1), run(2500, 2)));
        draws("single.png", List.of(run(40, 1)));
        draws("point.png", List.of(run(1, 1)));
    }

    @Test
    void aggregateCountsTheRunsThatHaveARow() {
        Aggregate aggregate = Aggregate.of(List.of(run(3, 1), run(2, 2)), "error");

        assertThat(aggregate.lifetimes()).containsExactly(1L, 2L, 3L);
        assertThat(aggregate.spreads().stream().map(spread -> spread.count())).containsExactly(2, 2, 1);
    }
}
