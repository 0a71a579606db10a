package org.plastic4j.cli;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import org.plastic4j.training.UserError;

/** Java names files in the encoding of the locale, and cannot name those with letters that it does not have. */
public final class PlatformEncoding {
    private static final char REPLACEMENT = '\uFFFD';

    private PlatformEncoding() {}

    /**
     * Rejects a command line or a working directory with letters that the encoding of this process does not have.
     *
     * @param arguments the command line's
     * @throws UserError with the one that cannot be named
     */
    public static void check(String... arguments) {
        checkIn(System.getProperty("sun.jnu.encoding"), System.getProperty("user.dir"), arguments);
    }

    static void checkIn(String encoding, String folder, String... arguments) {
        require(encoding, "the working directory", folder);
        for (String argument : arguments) {
            require(encoding, "the argument", argument);
        }
    }

    private static void require(String encoding, String what, String text) {
        boolean known = text.indexOf(REPLACEMENT) < 0;
        try {
            known &= encoding == null || Charset.forName(encoding).newEncoder().canEncode(text);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException | UnsupportedOperationException e) {
            // An encoding that Java does not know either: then what it made of the text has to do.
            known &= true;
        }
        if (!known) {
            throw new UserError(String.format(
                            Locale.ROOT,
                            "%s %s has letters that the locale's encoding, %s, does not: expected a locale in UTF-8,"
                                    + " as in",
                            what,
                            text,
                            encoding)
                    + " LC_ALL=C.UTF-8");
        }
    }
}
