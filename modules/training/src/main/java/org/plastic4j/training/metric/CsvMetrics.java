package org.plastic4j.training.metric;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.text.StringEscapeUtils;
import org.apache.commons.text.StringTokenizer;
import org.plastic4j.training.Decimals;

/** A table with a header whose first column is {@code lifetimes}, the same in every locale. */
public final class CsvMetrics implements MetricSink {
    /** The name of the first column. */
    public static final String LIFETIMES = "lifetimes";

    private final RowFile file;

    /**
     * @param file a new file
     * @throws org.plastic4j.training.UserError if it is there already
     * @throws org.plastic4j.training.RunFailure if it cannot be written, now or later
     */
    public CsvMetrics(Path file) {
        this.file = RowFile.create(file);
    }

    private CsvMetrics(RowFile file) {
        this.file = file;
    }

    /**
     * Continues the file of a run that was stopped, after cutting off the rows that are to be written again.
     *
     * @param file an existing file of this kind
     * @param lifetimes the row to keep, and all before it; 0 for none
     * @return the sink
     * @throws org.plastic4j.training.UserError if that row is not in the file, a row before it is not whole, or another
     *     process writes it; the file is changed only when training begins
     */
    public static CsvMetrics resume(Path file, long lifetimes) {
        return new CsvMetrics(RowFile.resume(file, lifetimes, new Rows()));
    }

    /** The names in a header, where those with commas or quotes are quoted as in RFC 4180. */
    static List<String> names(String header) {
        return StringTokenizer.getCSVInstance(header).getTokenList();
    }

    private static final class Rows implements RowFile.Format {
        @Override
        public boolean hasHeader() {
            return true;
        }

        @Override
        public List<String> names(String firstLine) throws IOException {
            List<String> names = CsvMetrics.names(firstLine);
            if (names.size() < 2 || !names.get(0).equals(LIFETIMES)) {
                throw new IOException("expected a header that starts with " + LIFETIMES);
            }
            return names;
        }

        @Override
        public long lifetimes(String row, List<String> names) throws IOException {
            return (long) MetricTable.numbers(row, names.size())[0];
        }
    }

    /** @return the measures' names, if it has rows */
    public Optional<List<String>> names() {
        return file.names();
    }

    @Override
    public void begin(double seconds) {
        file.begin();
    }

    @Override
    public void record(long lifetimes, Map<String, Double> measures) {
        if (file.isFirst(measures)) {
            file.append(measures.keySet().stream()
                    .map(StringEscapeUtils::escapeCsv)
                    .collect(Collectors.joining(",", LIFETIMES + ",", "")));
        }
        file.append(lifetimes + ","
                + measures.values().stream().map(Decimals::shortest).collect(Collectors.joining(",")));
    }

    @Override
    public void sync() {
        file.sync();
    }

    @Override
    public void close() {
        file.close();
    }
}
