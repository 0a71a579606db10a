package org.plastic4j.experiment.metric;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.plastic4j.experiment.RunFailure;

/** A text file that grows row by row and can be followed while it does. */
final class RowFile implements AutoCloseable {
    private final Path file;
    private final BufferedWriter writer;
    private List<String> names;

    RowFile(Path file) {
        this.file = file;
        try {
            this.writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Whether this is the first row; all later ones must have its names. */
    boolean isFirst(Map<String, Double> measures) {
        if (names == null) {
            names = List.copyOf(measures.keySet());
            return true;
        }
        if (!names.equals(List.copyOf(measures.keySet()))) {
            throw new IllegalArgumentException(
                    "%s has the measures %s, this row has %s".formatted(file.getFileName(), names, measures.keySet()));
        }
        return false;
    }

    void append(String row) {
        try {
            writer.write(row);
            writer.write('\n');
            writer.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private RunFailure failure(IOException e) {
        return new RunFailure(file + ": cannot be written (" + e.getMessage() + ")", e);
    }
}
