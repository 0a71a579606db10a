package org.plastic4j.training.metric;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
        int unfinished;
        try {
            String text = withoutMark(Files.readString(csv));
            lines = text.lines().toList();
            unfinished = text.endsWith("\n") ? -1 : lines.size() - 1;
        } catch (IOException e) {
            throw new UserError(String.format(Locale.ROOT, "%s: the metrics cannot be read (%s)", csv, e), e);
        }
        List<String> names;
        try {
            names = header(lines.isEmpty() ? "" : lines.get(0));
        } catch (IOException e) {
            throw new UserError(String.format(Locale.ROOT, "%s: %s", csv, e.getMessage()), e);
        }
        List<double[]> rows = new java.util.ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            try {
                rows.add(numbers(lines.get(i), names.size()));
            } catch (IOException e) {
                if (i == unfinished && lines.get(i).split(",", -1).length <= names.size()) {
                    break;
                }
                throw new UserError(String.format(Locale.ROOT, "%s:%d: %s", csv, i + 1, e.getMessage()), e);
            }
        }
        return new MetricTable(names, rows);
    }

    /** The columns' names of a header. */
    static List<String> header(String line) throws IOException {
        String header = withoutMark(line);
        if (!header.startsWith(CsvMetrics.LIFETIMES + ",")) {
            throw new IOException("expected a header that starts with " + CsvMetrics.LIFETIMES);
        }
        return CsvMetrics.names(header);
    }

    /** Spreadsheets write a byte order mark. */
    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** The numbers of one row, which has so many. */
    static double[] numbers(String row, int count) throws IOException {
        String[] cells = row.split(",", -1);
        if (cells.length != count) {
            throw new IOException(String.format(Locale.ROOT, "expected %d numbers, found %d", count, cells.length));
        }
        try {
            return Arrays.stream(cells).mapToDouble(Double::parseDouble).toArray();
        } catch (NumberFormatException e) {
            throw new IOException("expected numbers, found " + row, e);
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
