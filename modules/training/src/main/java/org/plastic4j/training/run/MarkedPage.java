package org.plastic4j.training.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.plastic4j.training.UserError;

/** A page of which parts are generated, each between {@code <!-- NAME:begin -->} and {@code <!-- NAME:end -->}. */
public final class MarkedPage {
    private MarkedPage() {}

    /**
     * Writes one part anew, or adds it at the end; what stands outside of its markers is left as it is.
     *
     * @param page the file
     * @param head what the page begins with if there is none yet
     * @param name the part's name
     * @param section the part's text
     * @throws UserError if the page has one marker without the other
     * @throws IOException if it cannot be read or written
     */
    public static void write(Path page, String head, String name, String section) throws IOException {
        String before = Files.exists(page) ? Files.readString(page) : head;
        AtomicFiles.write(page, replaced(page, before, name, section));
    }

    private static String replaced(Path page, String text, String name, String section) {
        String begin = "<!-- %s:begin -->".formatted(name);
        String end = "<!-- %s:end -->".formatted(name);
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 && to < 0) {
            return text.stripTrailing() + "\n\n" + begin + "\n" + section + end + "\n";
        }
        if (from < 0 || to < from) {
            throw new UserError(
                    "%s: expected %s before %s, found them otherwise".formatted(page.getFileName(), begin, end));
        }
        return text.substring(0, from) + begin + "\n" + section + text.substring(to);
    }
}
