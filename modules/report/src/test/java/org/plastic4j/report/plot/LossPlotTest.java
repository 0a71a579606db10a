package org.plastic4j.report.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.trainer.PrimaryMetric;

class LossPlotTest {
    private static final PrimaryMetric ERROR =
            new PrimaryMetric("error", "bit error rate", PrimaryMetric.Better.LOWER, PrimaryMetric.Unit.FRACTION);
    private static final PrimaryMetric REWARD =
            new PrimaryMetric("error", "reward", PrimaryMetric.Better.HIGHER, PrimaryMetric.Unit.NUMBER);

    @TempDir
    private Path folder;

    private static MetricTable table(int count, java.util.function.IntToDoubleFunction value) {
        List<double[]> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            rows.add(new double[] {i, value.applyAsDouble(i)});
        }
        return new MetricTable(List.of("lifetimes", "error"), rows);
    }

    private void draws(String name, MetricTable table, PrimaryMetric measure, Double target) throws Exception {
        Path png = folder.resolve(name);
        LossPlot plot = new LossPlot("1,000-bit patterns, decaying Hebb", measure, 20, Optional.ofNullable(target));

        assertThat(plot.tryDraw(table, png)).isEmpty();
        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(image.getWidth()).isEqualTo(900);
        assertThat(image.getHeight()).isEqualTo(520);
        if (System.getProperty("plots.dir") != null) {
            Files.createDirectories(Path.of(System.getProperty("plots.dir")));
            Files.copy(png, Path.of(System.getProperty("plots.dir"), name));
        }
    }

    @Test
    void errorsAreDrawnWithZerosAmongThem() throws Exception {
        Random random = new Random(1);
        draws(
                "error.png",
                table(300, i -> Math.max(0, 0.5 * Math.exp(-i / 45.0) * (1 + 0.4 * random.nextGaussian()) - 0.0008)),
                ERROR,
                0.01);
    }

    @Test
    void longRunsAreThinnedOut() throws Exception {
        Random random = new Random(1);
        draws(
                "reward.png",
                table(100_000, i -> 150 - 170 * Math.exp(-i / 3e4) + 20 * random.nextGaussian()),
                REWARD,
                null);
    }

    @Test
    void degenerateCurvesAreDrawnToo() throws Exception {
        draws("one.png", table(1, i -> 0.5), ERROR, 0.01);
        draws("zero.png", table(30, i -> 0), ERROR, 0.01);
        draws("flat.png", table(30, i -> 0.5), ERROR, null);
    }

    @Test
    void pictureThatCannotBeDrawnIsNoFailure() {
        LossPlot plot = new LossPlot("x", ERROR, 20, Optional.empty());

        assertThat(plot.tryDraw(table(0, i -> 0), folder.resolve("none.png"))).isPresent();
        assertThat(plot.tryDraw(table(3, i -> 1), folder.resolve("no/such/folder.png")))
                .isPresent();
    }
}
