package org.plastic4j.playground.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.plastic4j.cli.Commands;
import org.plastic4j.cli.Launcher;
import org.plastic4j.cli.PlatformEncoding;
import org.plastic4j.cli.Terminal;
import org.plastic4j.playground.network.Bundle;
import org.plastic4j.playground.network.TrainedNetwork;
import org.plastic4j.training.UserError;

/** {@code scripts/bundle-network DIR NAME}: makes of a run's best checkpoint a network of the playground. */
public final class BundleNetwork {
    private static final int ARGUMENTS = 2;

    @Parameters(separators = "=")
    private static final class Options {
        @Parameter(names = "--out", order = 1, description = "the folder of the networks")
        private String out;

        @Parameter(names = "--help", order = 99, help = true, description = "shows this")
        private boolean help;
    }

    private BundleNetwork() {}

    /**
     * Bundles, and ends the process.
     *
     * @param arguments the command line's
     */
    public static void main(String[] arguments) {
        System.exit(bundle(arguments, System.out, System.err));
    }

    /**
     * Bundles.
     *
     * @param arguments the command line's
     * @param out what the user sees on standard output
     * @param err what the user sees on standard error
     * @return the exit code
     */
    static int bundle(String[] arguments, PrintStream out, PrintStream err) {
        try (Terminal terminal = Terminal.install(out, err)) {
            PlatformEncoding.check(arguments);
            Options options = new Options();
            List<String> given = Commands.parseWithArguments(options, arguments);
            if (options.help) {
                terminal.out().print(Commands.usage("scripts/bundle-network DIR NAME", new Options()));
                return Launcher.OK;
            }
            if (given.size() != ARGUMENTS || !given.get(1).matches("[a-z][a-z-]*")) {
                throw new UserError(
                        "expected the directory of a run and a name in small letters, as in runs/pictures pictures");
            }
            Path folder = path(options.out == null ? System.getProperty("plastic4j.networks", ".") : options.out);
            if (!Files.isDirectory(folder)) {
                throw new UserError(String.format(Locale.ROOT, "--out %s: no such folder", folder));
            }
            TrainedNetwork.Origin origin = Bundle.write(path(given.get(0)), given.get(1), folder);
            terminal.out()
                    .println(String.format(
                            Locale.ROOT,
                            "Bundled: %s, %,d lifetimes, mean %s %.4g over %,d held-out lifetimes.",
                            folder.resolve(origin.name() + ".npz"),
                            origin.lifetimes(),
                            origin.measure(),
                            origin.heldOut(),
                            origin.heldOutLifetimes()));
            return Launcher.OK;
        } catch (UserError e) {
            err.println(Commands.rejection(e));
            return Launcher.USAGE_ERROR;
        } catch (IOException e) {
            err.println(Launcher.sentence("The network cannot be written: " + e.getMessage()));
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
