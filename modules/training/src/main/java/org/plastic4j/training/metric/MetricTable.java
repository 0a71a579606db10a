package org.plastic4j.training.metric;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.plastic4j.training.UserError;

/**
 * A run's {@code metrics.csv}, read back.
 *
 * @param names the columns' names, {@code lifetimes} first
 * @param rows one array a row, with a number for every column
 */
public record MetricTable(List<String> names, List<double[]> rows) {
    /**
     * @param csv a file that {@link CsvMetrics} wrote
     * @return its content; a last row that is still being written is left out
     * @throws UserError if it is no such file
     */
    public static MetricTable read(Path csv) {
        List<String> lines;
        try {
            lines = Files.readAllLines(csv);
        } catch (IOException e) {
            throw new UserError("%s: the metrics cannot be read (%s)".formatted(csv, e), e);
        }
        if (lines.isEmpty() || !lines.get(0).startsWith(CsvMetrics.LIFETIMES + ",")) {
            throw new UserError("%s: expected a header that starts with %s".formatted(csv, CsvMetrics.LIFETIMES));
        }
        List<String> names = CsvMetrics.names(lines.get(0));
        List<double[]> rows = new java.util.ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",");
            boolean last = i == lines.size() - 1;
            if (cells.length == names.size()) {
                rows.add(row(cells, csv, i + 1));
            } else if (!last) {
                throw new UserError(
                        "%s:%d: expected %d numbers, found %d".formatted(csv, i + 1, names.size(), cells.length));
            }
        }
        return new MetricTable(names, rows);
    }

    private static double[] row(String[] cells, Path csv, int line) {
        try {
            return Arrays.stream(cells).mapToDouble(Double::parseDouble).toArray();
        } catch (NumberFormatException e) {
            throw new UserError("%s:%d: expected numbers, found %s".formatted(csv, line, String.join(",", cells)), e);
        }
    }

    /**
     * @param name a column's name
     * @return its numbers, from the first row to the last
     * @throws IllegalArgumentException if there is no such column
     */
    public double[] column(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no column " + name + " among " + names);
        }
        return rows.stream().mapToDouble(row -> row[index]).toArray();
    }
}
