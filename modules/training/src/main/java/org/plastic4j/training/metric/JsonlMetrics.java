package org.plastic4j.training.metric;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plastic4j.training.Decimals;

/** One JSON object a line, with the same names and numbers as the table; what JSON has no number for is null. */
public final class JsonlMetrics implements MetricSink {
    private static final JsonFactory JSON = new JsonFactory();

    private final RowFile file;

    /**
     * @param file a new file
     * @throws org.plastic4j.training.UserError if it is there already
     * @throws org.plastic4j.training.RunFailure if it cannot be written, now or later
     */
    public JsonlMetrics(Path file) {
        this.file = RowFile.create(file);
    }

    private JsonlMetrics(RowFile file) {
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
    public static JsonlMetrics resume(Path file, long lifetimes) {
        return new JsonlMetrics(RowFile.resume(file, lifetimes, new Rows()));
    }

    @Override
    public void record(long lifetimes, Map<String, Double> measures) {
        file.isFirst(measures);
        StringWriter row = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(row)) {
            json.writeStartObject();
            json.writeNumberField(CsvMetrics.LIFETIMES, lifetimes);
            for (Map.Entry<String, Double> measure : measures.entrySet()) {
                json.writeFieldName(measure.getKey());
                if (Double.isFinite(measure.getValue())) {
                    // As in the table: whole numbers without a fraction.
                    json.writeNumber(Decimals.shortest(measure.getValue()));
                } else {
                    json.writeNull();
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        file.append(row.toString());
    }

    private static final class Rows implements RowFile.Format {
        @Override
        public boolean hasHeader() {
            return false;
        }

        @Override
        public List<String> names(String row) throws IOException {
            return List.copyOf(fields(row).keySet());
        }

        @Override
        public long lifetimes(String row, List<String> names) throws IOException {
            Map<String, String> fields = fields(row);
            if (!List.copyOf(fields.keySet()).equals(names)) {
                throw new IOException("expected the names " + names + ", found " + fields.keySet());
            }
            try {
                return Long.parseLong(fields.get(CsvMetrics.LIFETIMES));
            } catch (NumberFormatException e) {
                throw new IOException("expected an object that starts with a number of " + CsvMetrics.LIFETIMES, e);
            }
        }

        private static Map<String, String> fields(String row) throws IOException {
            Map<String, String> fields = new LinkedHashMap<>();
            try (JsonParser json = JSON.createParser(row)) {
                for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                    if (token.isScalarValue()) {
                        fields.put(json.currentName(), json.getText());
                    }
                }
            } catch (JsonProcessingException e) {
                throw new IOException("expected a JSON object, found something else", e);
            }
            return fields;
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
    public void sync() {
        file.sync();
    }

    @Override
    public void close() {
        file.close();
    }
}
