package org.plastic4j.training.dataset;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.plastic4j.training.UserError;
import org.plastic4j.training.config.Require;

/**
 * Where the data are. They are looked for in {@code dir}, else in the folder that the environment variable
 * {@value #VARIABLE} names, else generated.
 *
 * @param source whether files are needed, or not wanted
 * @param dir a folder of the user's
 */
public record DataSettings(Source source, Optional<String> dir) {
    /** The environment variable that names a folder. */
    public static final String VARIABLE = "PLASTIC4J_DATA";

    /**
     * The setting that says where the data are. It is no part of what a run is: the same files may lie elsewhere later, and
     * their checksums say whether they are the same.
     */
    public static final String LOCATION = "data.dir";

    /** Which data are taken. */
    public enum Source {
        /** The user's files where a folder is named, else generated ones. */
        AUTO,
        /** The user's files and no others. */
        FILES,
        /** Generated ones, whatever folder is named. */
        GENERATED
    }

    /** Checks that no folder is named that would not be looked into. */
    public DataSettings {
        if (dir.isPresent()) {
            Require.that("dir", "'" + dir.get() + "'", !dir.get().isBlank(), "a folder");
            Require.that("dir", dir.get(), source != Source.GENERATED, "none where source is generated");
        }
    }

    /**
     * A folder to look into.
     *
     * @param path the folder, which exists
     * @param named what names it, for messages: {@code data.dir} or the environment variable
     */
    public record Folder(Path path, String named) {
        /**
         * @param expected what should be in it
         * @return the rejection of a folder without that
         */
        public UserError lacks(String expected) {
            return new UserError(String.format(
                    Locale.ROOT,
                    "%s: expected %s in %s, found none; --set data.source=generated takes generated data",
                    named,
                    expected,
                    path));
        }
    }

    /**
     * The folder to look into.
     *
     * @param what the data, as in "CIFAR-10", for messages
     * @return the folder; empty if data are to be generated
     * @throws UserError if there is none but files are needed, or what is named is no folder
     */
    public Optional<Folder> folder(String what) {
        return folder(what, System::getenv);
    }

    Optional<Folder> folder(String what, UnaryOperator<String> environment) {
        if (source == Source.GENERATED) {
            return Optional.empty();
        }
        if (dir.isPresent()) {
            return Optional.of(existing(dir.get(), LOCATION));
        }
        String variable = environment.apply(VARIABLE);
        if (variable != null && !variable.isBlank()) {
            return Optional.of(existing(variable, VARIABLE));
        }
        if (source == Source.FILES) {
            throw new UserError(String.format(
                    Locale.ROOT, "data.dir: expected a folder with %s, or one in %s, found neither", what, VARIABLE));
        }
        return Optional.empty();
    }

    private static Folder existing(String name, String named) {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                return new Folder(path, named);
            }
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%s: expected a folder, found %s %s",
                    named,
                    Files.exists(path) ? "the file" : "nothing at",
                    name));
        } catch (InvalidPathException e) {
            throw new UserError(String.format(Locale.ROOT, "%s: expected a folder, found '%s'", named, name), e);
        }
    }
}
