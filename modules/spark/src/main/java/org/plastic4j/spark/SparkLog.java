package org.plastic4j.spark;

import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import java.util.stream.Stream;

/** What Spark and Hadoop say in the driver, in a file: much, over days, and not for the terminal. */
final class SparkLog implements AutoCloseable {
    /** Kept, since loggers that nobody holds forget their settings. */
    private final List<Logger> loggers = Stream.of("org.apache.spark", "org.apache.hadoop", "org.sparkproject")
            .map(Logger::getLogger)
            .toList();

    private final StreamHandler handler;

    private SparkLog(StreamHandler handler) {
        this.handler = handler;
    }

    static SparkLog to(Path file) throws IOException {
        StreamHandler handler = new Flushing(file);
        SparkLog log = new SparkLog(handler);
        log.loggers.forEach(logger -> {
            logger.setUseParentHandlers(false);
            logger.addHandler(handler);
        });
        return log;
    }

    @Override
    public void close() {
        loggers.forEach(logger -> {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        });
        handler.close();
    }

    private static final class Flushing extends StreamHandler {
        Flushing(Path file) throws IOException {
            super(
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    new SimpleFormatter());
            try {
                setEncoding(StandardCharsets.UTF_8.name());
            } catch (UnsupportedEncodingException e) {
                throw new IllegalStateException(e);
            }
            setLevel(Level.INFO);
        }

        @Override
        public synchronized void publish(LogRecord entry) {
            super.publish(entry);
            flush();
        }
    }
}
