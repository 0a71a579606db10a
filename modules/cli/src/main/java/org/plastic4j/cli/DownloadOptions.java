package org.plastic4j.cli;

import com.beust.jcommander.IStringConverter;
import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterException;
import com.beust.jcommander.Parameters;
import java.net.URI;
import java.nio.file.Path;
import org.plastic4j.training.UserError;

/** What {@code scripts/download} takes. */
@Parameters(separators = "=")
final class DownloadOptions {
    @Parameter(
            names = "--out",
            order = 1,
            converter = OptionParser.OutFolder.class,
            description = "the folder for the data, which --set data.dir=DIR or PLASTIC4J_DATA then names")
    Path out;

    @Parameter(
            names = "--from",
            order = 2,
            converter = Mirror.class,
            description = "another address of the same archive, or of the folder with them where there are several;"
                    + " checksums have to be those of the official ones")
    URI from;

    @Parameter(names = "--help", order = 99, help = true, description = "shows this")
    boolean help;

    static DownloadOptions parse(String... arguments) {
        DownloadOptions options = new DownloadOptions();
        Commands.parse(options, arguments);
        if (!options.help && options.out == null) {
            throw new UserError("--out: missing option, expected a folder for the data");
        }
        return options;
    }

    static String usage(String experiment) {
        return Commands.usage("scripts/download " + experiment, new DownloadOptions());
    }

    static final class Mirror implements IStringConverter<URI> {
        @Override
        public URI convert(String value) {
            URI uri = Commands.web("--from", "an address, as in https://example.org/data.tar.gz", value);
            if (uri.getUserInfo() != null) {
                throw new ParameterException(
                        "--from: expected an address without a user, which is not sent, found one");
            }
            return uri;
        }
    }
}
