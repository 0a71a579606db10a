package org.plastic4j.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.plastic4j.report.comparison.Comparison;
import org.plastic4j.training.UserError;

/** {@code scripts/compare DIR DIR... --out DIR}: several runs on one page and in one picture. */
public final class Compare {
    private static final String USAGE = """
        Usage: compare DIR DIR... --out DIR
          DIR                  a run's directory, or a folder of them, such as several seeds leave
          --out DIR            a new or empty folder for compare.html and compare.png
          --help               shows this
        """;

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
            List<Path> directories = new ArrayList<>();
            Optional<Path> target = Optional.empty();
            for (int i = 0; i < arguments.length; i++) {
                String argument = arguments[i];
                if (argument.equals("--help")) {
                    out.print(USAGE);
                    return Launcher.OK;
                } else if (argument.equals("--out") && i + 1 < arguments.length) {
                    target = Optional.of(path(arguments[++i]));
                } else if (argument.startsWith("--out=")) {
                    target = Optional.of(path(argument.substring("--out=".length())));
                } else if (argument.startsWith("--")) {
                    throw new UserError(
                            argument.equals("--out")
                                    ? "--out: expected a folder, found nothing"
                                    : argument + ": unknown option, known options: --help, --out");
                } else {
                    directories.add(path(argument));
                }
            }
            Path to = target.orElseThrow(() -> new UserError("expected --out DIR, found none"));
            Comparison comparison = Comparison.read(directories);
            Comparison.reserve(to);
            comparison
                    .write(to)
                    .ifPresent(problem -> out.println("Note: compare.png was not drawn (" + problem + ")."));
            out.println(String.format(Locale.ROOT, "Compared: %s", to.resolve("compare.html")));
            return Launcher.OK;
        } catch (UserError e) {
            err.println(Launcher.sentence(e.getMessage()));
            return Launcher.USAGE_ERROR;
        } catch (IOException e) {
            err.println(Launcher.sentence("The comparison cannot be written: " + e.getMessage()));
            return Launcher.FAILURE;
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UserError(String.format(Locale.ROOT, "expected a folder, found '%s'", text), e);
        }
    }
}
