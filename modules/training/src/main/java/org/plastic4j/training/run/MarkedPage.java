package org.plastic4j.training.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Objects;
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
        synchronized (MarkedPage.class) {
            try (FileChannel channel = lock(page)) {
                String before = channel.size() > 0 ? Files.readString(page) : head;
                AtomicFiles.write(page, replaced(page, before, name, section));
            } finally {
                if (Files.exists(page) && Files.size(page) == 0) {
                    Files.delete(page);
                }
            }
        }
    }

    /** Two programs that write their parts at once take turns; the page that is locked is the one that is replaced. */
    private static FileChannel lock(Path page) throws IOException {
        while (true) {
            try {
                Files.createFile(page);
            } catch (FileAlreadyExistsException e) {
                // It is to be changed.
            }
            FileChannel channel = null;
            try {
                Object before = key(page);
                channel = FileChannel.open(page, StandardOpenOption.WRITE);
                lock(channel);
                if (Objects.equals(before, key(page))) {
                    return channel;
                }
            } catch (NoSuchFileException e) {
                // Another program took it away in this very moment.
            }
            if (channel != null) {
                channel.close();
            }
        }
    }

    private static void lock(FileChannel channel) {
        try {
            channel.lock();
        } catch (IOException e) {
            // A file system without locks; then nobody waits.
            return;
        }
    }

    private static Object key(Path page) throws IOException {
        return Files.readAttributes(page, BasicFileAttributes.class).fileKey();
    }

    private static String replaced(Path page, String text, String name, String section) {
        String begin = String.format(Locale.ROOT, "<!-- %s:begin -->", name);
        String end = String.format(Locale.ROOT, "<!-- %s:end -->", name);
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 && to < 0) {
            return text.stripTrailing() + "\n\n" + begin + "\n" + section + end + "\n";
        }
        if (from < 0 || to < from) {
            throw new UserError(String.format(
                    Locale.ROOT, "%s: expected %s before %s, found them otherwise", page.getFileName(), begin, end));
        }
        return text.substring(0, from) + begin + "\n" + section + text.substring(to);
    }
}
