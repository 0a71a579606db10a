package org.plastic4j.spark.task;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * A file in the folder of all runs that says which driver it belongs to, and whether the runs are to stop.
 *
 * @param id the driver's
 * @param host its computer
 * @param process its process there
 * @param started when the process was started, in milliseconds since 1970
 * @param renewals grows as long as the driver is there
 * @param stopping whether the runs are to save their checkpoints and to end
 */
public record DriverMark(String id, String host, long process, long started, long renewals, boolean stopping) {
    /** The file's name. */
    public static final String FILE = ".driver";

    /**
     * @param store the folder of all runs
     * @return whose it is; empty if nobody's
     * @throws IOException if that cannot be read
     */
    public static Optional<DriverMark> read(StoreFiles store) throws IOException {
        return store.read(FILE).flatMap(DriverMark::parse);
    }

    private static Optional<DriverMark> parse(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
            return Optional.of(new DriverMark(
                    properties.getProperty("id", ""),
                    properties.getProperty("host", ""),
                    Long.parseLong(properties.getProperty("process", "-1")),
                    Long.parseLong(properties.getProperty("started", "-1")),
                    Long.parseLong(properties.getProperty("renewals", "0")),
                    Boolean.parseBoolean(properties.getProperty("stopping"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @return the file's text */
    public String text() {
        return String.format(
                Locale.ROOT,
                "id=%s\nhost=%s\nprocess=%d\nstarted=%d\nrenewals=%d\nstopping=%b\n",
                id,
                host,
                process,
                started,
                renewals,
                stopping);
    }
}
