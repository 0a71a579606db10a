package org.plastic4j.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.plastic4j.training.metric.MetricTable;

/**
 * The learning curve of a module's {@code regression.yaml}, which a run of today is held against: the means of some columns
 * of metrics.csv over every so many rows.
 *
 * @param file where it stands
 * @param module the module's name, for the command that writes its curve anew
 * @param rows what the file's first column counts: {@code lifetimes} or {@code updates}
 * @param window rows that a mean is taken over
 * @param measures the columns
 */
public record StoredCurve(Path file, String module, String rows, int window, List<Measure> measures) {
    private static final String FILE = "src/test/resources/regression/curve.csv";
    private static final String WRITE = "regression.write";

    /**
     * The curve in a module's {@value #FILE}, for a test that runs in the module's folder.
     *
     * @param module the module's name
     * @param rows what the file's first column counts
     * @param window rows that a mean is taken over
     * @param measures the columns
     */
    public StoredCurve(String module, String rows, int window, List<Measure> measures) {
        this(Path.of(FILE), module, rows, window, measures);
    }

    /**
     * A column of metrics.csv.
     *
     * @param column its name
     * @param digits after the decimal point, in the file
     * @param tolerance how far off it may be
     */
    public record Measure(String column, int digits, Tolerance tolerance) {
        private String text(double value) {
            return String.format(Locale.ROOT, "%." + digits + "f", value);
        }
    }

    /** How far a mean may be off. */
    @FunctionalInterface
    public interface Tolerance {
        /**
         * @param at the mean's place in the curve, from 0 on
         * @param stored the mean that is stored
         * @return the largest difference that passes
         */
        double of(int at, double stored);

        /**
         * @param share of the mean that is stored
         * @return the same fraction everywhere
         */
        static Tolerance relative(double fraction) {
            return (at, stored) -> fraction * Math.abs(stored);
        }

        /**
         * @param difference that passes everywhere
         * @return the same difference everywhere
         */
        static Tolerance absolute(double difference) {
            return (at, stored) -> difference;
        }
    }

    /**
     * Holds a run against the curve; with {@code -Dregression.write=true} writes the curve anew before.
     *
     * @param metrics the run's
     * @throws AssertionError if a mean is further off than it may be, with both curves and the command that writes it anew
     * @throws IOException if the file cannot be read or written
     */
    public void check(MetricTable metrics) throws IOException {
        List<double[]> now = of(metrics);
        if (Boolean.getBoolean(WRITE)) {
            write(now);
        }
        List<double[]> stored = read();
        boolean near = now.size() == stored.size();
        for (int i = 0; near && i < now.size(); i++) {
            near = isNear(i, stored.get(i), now.get(i));
        }
        if (!near) {
            throw new AssertionError(comparison(stored, now));
        }
    }

    /**
     * The stored means of a column.
     *
     * @param column one of the measures'
     * @return its means
     * @throws IOException if the file cannot be read
     */
    public double[] stored(String column) throws IOException {
        int at = measures.stream().map(Measure::column).toList().indexOf(column);
        return read().stream().mapToDouble(means -> means[at]).toArray();
    }

    private List<double[]> of(MetricTable metrics) {
        List<double[]> curve = new ArrayList<>();
        for (int from = 0; from + window <= metrics.rows().size(); from += window) {
            int first = from;
            curve.add(measures.stream()
                    .mapToDouble(measure -> Arrays.stream(metrics.column(measure.column), first, first + window)
                            .average()
                            .orElseThrow())
                    .toArray());
        }
        return curve;
    }

    private boolean isNear(int at, double[] stored, double[] now) {
        for (int k = 0; k < measures.size(); k++) {
            // So written that a NaN is not near.
            if (!(Math.abs(now[k] - stored[k]) <= measures.get(k).tolerance.of(at, stored[k]))) {
                return false;
            }
        }
        return true;
    }

    private String header() {
        return rows + "," + measures.stream().map(Measure::column).collect(Collectors.joining(","));
    }

    private List<double[]> read() throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<double[]> curve = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",");
            if (!lines.get(0).equals(header())
                    || cells.length != measures.size() + 1
                    || Integer.parseInt(cells[0]) != i * window) {
                throw new AssertionError(String.format(
                        Locale.ROOT,
                        "%s, line %d: expected %s after %d, found %s under %s.",
                        file,
                        i + 1,
                        header(),
                        i * window,
                        lines.get(i),
                        lines.get(0)));
            }
            curve.add(Arrays.stream(cells)
                    .skip(1)
                    .mapToDouble(Double::parseDouble)
                    .toArray());
        }
        return curve;
    }

    private void write(List<double[]> curve) throws IOException {
        List<String> lines = new ArrayList<>(List.of(header()));
        for (int i = 0; i < curve.size(); i++) {
            lines.add((i + 1) * window + "," + texts(curve.get(i), ","));
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines);
    }

    private String texts(double[] means, String between) {
        List<String> texts = new ArrayList<>();
        for (int k = 0; k < means.length; k++) {
            texts.add(measures.get(k).text(means[k]));
        }
        return String.join(between, texts);
    }

    private String comparison(List<double[]> stored, List<double[]> now) {
        StringBuilder text =
                new StringBuilder(String.format(Locale.ROOT, "%n%s: stored / now%n", header().replace(",", ", ")));
        for (int i = 0; i < Math.max(stored.size(), now.size()); i++) {
            boolean both = i < stored.size() && i < now.size();
            text.append(String.format(
                    Locale.ROOT,
                    "%9d  %s / %s%s%n",
                    (i + 1) * window,
                    i < stored.size() ? texts(stored.get(i), "  ") : "none",
                    i < now.size() ? texts(now.get(i), "  ") : "none",
                    both && isNear(i, stored.get(i), now.get(i)) ? "" : "   <--"));
        }
        return text
                + String.format(Locale.ROOT, "If this is how it should learn from now on, write the curve anew:%n    ")
                + "./mvnw -q -B -pl modules/" + module + " -am test -Dtest=RegressionTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -D" + WRITE + "=true";
    }
}
