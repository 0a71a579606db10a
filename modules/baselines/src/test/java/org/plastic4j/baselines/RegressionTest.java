package org.plastic4j.baselines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.experiment.metric.MetricTable;

/**
 * {@code regression.yaml} learns as it did when {@code curve.csv} was written: the means of error and loss over every
 * {@value #WINDOW} lifetimes, seed 0.
 *
 * <p>Runs are the same bit for bit on one kind of CPU, whatever the number of threads; another kind may round its sums
 * otherwise.
 *
 * <p>The tolerance is 0.5% of the loss and 0.002 in the error, as in binary-patterns, where gradients that were bent on
 * purpose went past it.
 */
class RegressionTest {
    private static final int WINDOW = 25;
    private static final double ERROR_TOLERANCE = 0.002;
    private static final double LOSS_TOLERANCE = 0.005;

    private static final String CURVE = "src/test/resources/regression/curve.csv";
    private static final String REGENERATE = "./mvnw -q -B -pl modules/baselines -am test -Dtest=RegressionTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dregression.write=true";

    /** The means of lifetimes up to {@code lifetimes}. */
    private record Point(int lifetimes, double error, double loss) {
        boolean isNear(Point stored) {
            return lifetimes == stored.lifetimes
                    && Math.abs(error - stored.error) <= ERROR_TOLERANCE
                    && Math.abs(loss - stored.loss) <= LOSS_TOLERANCE * stored.loss;
        }
    }

    @Test
    void learningCurveIsTheStoredOne(@TempDir Path folder) throws IOException {
        Launched run = Launched.run(
                folder.resolve("run"), "--config", "regression", "--seed", "0", "--threads", "1", "--quiet");
        assertThat(run.err()).isEmpty();
        List<Point> curve = curve(run.metrics());
        if (Boolean.getBoolean("regression.write")) {
            write(curve);
        }

        List<Point> stored = read();
        boolean near = curve.size() == stored.size();
        for (int i = 0; near && i < curve.size(); i++) {
            near = curve.get(i).isNear(stored.get(i));
        }

        assertThat(near).as(() -> comparison(stored, curve)).isTrue();
    }

    private static List<Point> curve(MetricTable metrics) {
        double[] errors = metrics.column("error");
        double[] losses = metrics.column("loss");
        List<Point> curve = new ArrayList<>();
        for (int from = 0; from + WINDOW <= errors.length; from += WINDOW) {
            curve.add(new Point(from + WINDOW, mean(errors, from), mean(losses, from)));
        }
        return curve;
    }

    private static double mean(double[] values, int from) {
        return Arrays.stream(values, from, from + WINDOW).average().orElseThrow();
    }

    private static List<Point> read() throws IOException {
        return Files.readAllLines(Path.of(CURVE)).stream()
                .skip(1)
                .map(line -> line.split(","))
                .map(cells -> new Point(
                        Integer.parseInt(cells[0]), Double.parseDouble(cells[1]), Double.parseDouble(cells[2])))
                .toList();
    }

    private static void write(List<Point> curve) throws IOException {
        List<String> lines = new ArrayList<>(List.of("lifetimes,error,loss"));
        curve.forEach(point ->
                lines.add(String.format(Locale.ROOT, "%d,%.5f,%.4f", point.lifetimes, point.error, point.loss)));
        Files.createDirectories(Path.of(CURVE).getParent());
        Files.write(Path.of(CURVE), lines);
    }

    private static String comparison(List<Point> stored, List<Point> curve) {
        StringBuilder text = new StringBuilder("%nlifetimes  error stored / now   loss stored / now%n".formatted());
        for (int i = 0; i < Math.max(stored.size(), curve.size()); i++) {
            Point before = i < stored.size() ? stored.get(i) : new Point(0, Double.NaN, Double.NaN);
            Point now = i < curve.size() ? curve.get(i) : new Point(0, Double.NaN, Double.NaN);
            text.append(String.format(
                    Locale.ROOT,
                    "%9d  %.5f / %.5f   %9.4f / %.4f%s%n",
                    Math.max(before.lifetimes, now.lifetimes),
                    before.error,
                    now.error,
                    before.loss,
                    now.loss,
                    now.isNear(before) ? "" : "   <--"));
        }
        return text
                + "If this is how it should learn from now on, write the curve anew:%n    ".formatted()
                + REGENERATE;
    }
}
