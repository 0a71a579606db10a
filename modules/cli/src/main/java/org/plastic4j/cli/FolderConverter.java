package org.plastic4j.cli;

import com.beust.jcommander.IStringConverter;
import com.beust.jcommander.ParameterException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** An option that names a folder. JCommander makes converters itself, so each option has a subclass of its own. */
public abstract class FolderConverter implements IStringConverter<Path> {
    private final String option;

    /** @param option the option, for messages */
    protected FolderConverter(String option) {
        this.option = option;
    }

    @Override
    public final Path convert(String value) {
        try {
            if (!value.isBlank() && !value.startsWith("--")) {
                return Path.of(value);
            }
        } catch (InvalidPathException e) {
            // Rejected below, like an option in the folder's place.
        }
        throw new ParameterException(String.format(Locale.ROOT, "%s: expected a folder, found '%s'", option, value));
    }
}
