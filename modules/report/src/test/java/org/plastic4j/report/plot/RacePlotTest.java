package org.plastic4j.report.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.trainer.PrimaryMetric;

class RacePlotTest {
    private static final PrimaryMetric ERROR =
            new PrimaryMetric("error", "bit error rate", PrimaryMetric.Better.LOWER, PrimaryMetric.Unit.FRACTION);
    private static final double[] NONE = {};

    @TempDir
    private Path folder;

    private static ComparisonPlot.Curve curve(String label, int rows, int every, double decay, boolean several) {
        double[] x = IntStream.rangeClosed(1, rows)
                .mapToDouble(i -> (double) i * every)
                .toArray();
        double[] y = IntStream.range(0, rows)
                .mapToDouble(i -> 0.25 * Math.pow(1 + x[i] / 100, -decay))
                .toArray();
        double[] low = IntStream.range(0, rows).mapToDouble(i -> 0.7 * y[i]).toArray();
        double[] high = IntStream.range(0, rows).mapToDouble(i -> 1.2 * y[i]).toArray();
        return new ComparisonPlot.Curve(label, x, y, several ? low : NONE, several ? high : NONE);
    }

    @Test
    void curvesOfDifferentLengthsAreDrawnAsFarAsTheyGo() throws Exception {
        for (String axis : List.of("lifetimes", "seconds")) {
            Path png = folder.resolve(axis + ".png");

            assertThat(new RacePlot("A race", ERROR, Optional.of(0.01), axis)
                            .tryDraw(
                                    List.of(
                                            curve("plastic (10 seeds)", 5000, 1, 1.1, true),
                                            curve("RNN", 6000, 10, 0.05, false),
                                            curve("LSTM", 1, 10, 0.1, false)),
                                    png))
                    .isEmpty();

            assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(900);
            if (System.getProperty("plots.dir") != null) {
                Files.copy(png, Path.of(System.getProperty("plots.dir"), "race-" + axis + ".png"));
            }
        }
    }

    @Test
    void legendThatIsWiderThanThePictureIsNotCutOff() throws Exception {
        Path png = folder.resolve("race.png");

        assertThat(new RacePlot("A race", ERROR, Optional.of(0.01), "lifetimes")
                        .tryDraw(
                                List.of(
                                        curve("plastic with one rule, 51 neurons (10 seeds)", 500, 1, 1.1, true),
                                        curve("plastic with another rule, 51 neurons (10 seeds)", 500, 1, 1, true),
                                        curve("without plasticity, 2,051 neurons", 600, 10, 0.05, false),
                                        curve("LSTM, 2,000 units", 60, 10, 0.1, false)),
                                png))
                .isEmpty();

        BufferedImage image = ImageIO.read(png.toFile());
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x : new int[] {0, 5, image.getWidth() - 6, image.getWidth() - 1}) {
                assertThat(new Color(image.getRGB(x, y))).as("%d, %d", x, y).isEqualTo(Color.WHITE);
            }
        }
    }

    @Test
    void rowsAreThinnedEvenlyOnTheAxisAndTheLastOneStays() {
        ComparisonPlot.Curve thinned = RacePlot.thinned(curve("long", 100_000, 1, 0.1, true));

        assertThat(thinned.lifetimes().length).isBetween(300, 800);
        assertThat(thinned.lifetimes()[0]).isEqualTo(1);
        assertThat(thinned.lifetimes()[thinned.lifetimes().length - 1]).isEqualTo(100_000);
        assertThat(thinned.lifetimes()).isSorted();
        assertThat(thinned.low()).hasSameSizeAs(thinned.lifetimes());
        for (int i = 0; i < thinned.mean().length; i++) {
            assertThat(thinned.mean()[i]).isEqualTo(0.25 * Math.pow(1 + thinned.lifetimes()[i] / 100, -0.1));
        }
    }

    @Test
    void meanOfZeroIsDrawnAtTheLowerEnd() {
        ComparisonPlot.Curve perfect =
                new ComparisonPlot.Curve("perfect", new double[] {1, 2, 3}, new double[] {0.1, 0, 0}, NONE, NONE);

        assertThat(new RacePlot("A race", ERROR, Optional.empty(), "lifetimes")
                        .tryDraw(List.of(perfect), folder.resolve("zero.png")))
                .isEmpty();
    }
}
