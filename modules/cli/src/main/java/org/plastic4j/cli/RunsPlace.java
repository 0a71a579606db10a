package org.plastic4j.cli;

import com.beust.jcommander.IStringConverter;
import com.beust.jcommander.ParameterException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A folder of runs.
 *
 * @param path the folder on this computer; where the runs are in a store, that of their copy
 * @param store a folder that only a cluster writes
 */
record RunsPlace(Path path, Optional<URI> store) {
    /** A scheme has two letters or more: one letter is a drive. */
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

    /** What {@code --out} says: a folder, or the address of one as in hdfs://namenode/runs. */
    static final class Converter implements IStringConverter<RunsPlace> {
        @Override
        public RunsPlace convert(String value) {
            if (!ADDRESS.matcher(value).matches()) {
                return new RunsPlace(new OptionParser.OutFolder().convert(value), Optional.empty());
            }
            try {
                URI uri = URI.create(value);
                return uri.getScheme().equalsIgnoreCase("file")
                        ? new RunsPlace(Path.of(uri), Optional.empty())
                        : new RunsPlace(copy(uri), Optional.of(uri));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(
                        String.format(Locale.ROOT, "--out: expected a folder or its address, found '%s'", value));
            }
        }

        /** The same for the same address, so that a command that is given again finds what it had. */
        private static Path copy(URI uri) {
            String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
            return Path.of("runs", uri.getScheme(), authority.replaceAll("[^\\w.-]", "_"))
                    .resolve(Path.of("/").relativize(Path.of("/", uri.getPath()).normalize()));
        }
    }
}
