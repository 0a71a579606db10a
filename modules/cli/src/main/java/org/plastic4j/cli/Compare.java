package org.plastic4j.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.plastic4j.report.comparison.Comparison;
import org.plastic4j.training.UserError;

/** {@code scripts/compare DIR DIR... --out DIR}: several runs on one page and in one picture. */
public final class Compare {
    @Parameters(separators = "=")
    private static final class Options {
        @Parameter(
                names = "--out",
                order = 1,
                converter = OptionParser.OutFolder.class,
                description = "a new or empty folder for compare.html and compare.png")
        private Path out;

        @Parameter(names = "--help", order = 99, help = true, description = "shows this")
        private boolean help;
    }

    private Compare() {}

    /**
     * Compares, and ends the process.
     *
     * @param arguments the command line's
     */
    public static void main(String[] arguments) {
        System.exit(compare(arguments, System.out, System.err));
    }

    /**
     * Compares.
     *
     * @param arguments the command line's
     * @param out what the user sees on standard output
     * @param err what the user sees on standard error
     * @return the exit code
     */
    public static int compare(String[] arguments, PrintStream out, PrintStream err) {
        try {
            PlatformEncoding.check(arguments);
            Options options = new Options();
            List<String> runs = Commands.parseWithArguments(options, arguments);
            if (options.help) {
                out.print(Commands.usage("scripts/compare DIR DIR... --out DIR", new Options()));
                out.println("  DIR is a run's directory, or a folder of them, such as several seeds leave.");
                return Launcher.OK;
            }
            Path to =
                    Optional.ofNullable(options.out).orElseThrow(() -> new UserError("expected --out DIR, found none"));
            Comparison comparison =
                    Comparison.read(runs.stream().map(Compare::path).toList());
            Comparison.reserve(to);
            comparison
                    .write(to)
                    .ifPresent(problem -> out.println("Note: compare.png was not drawn (" + problem + ")."));
            out.println(String.format(Locale.ROOT, "Compared: %s", to.resolve("compare.html")));
            return Launcher.OK;
        } catch (UserError e) {
            err.println(Commands.rejection(e));
            return Launcher.USAGE_ERROR;
        } catch (IOException e) {
            err.println(Launcher.sentence("The comparison cannot be written: " + e.getMessage()));
            return Launcher.FAILURE;
        }
    }

    static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UserError(String.format(Locale.ROOT, "expected a folder, found '%s'", text), e);
        }
    }
}
