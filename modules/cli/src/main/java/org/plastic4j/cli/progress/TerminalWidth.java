package org.plastic4j.cli.progress;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** How many columns a line may have that rewrites itself: one that wraps cannot be rewritten. */
final class TerminalWidth {
    private static final int MOST = 79;
    private static final int LEAST = 10;
    private static final int PATIENCE_SECONDS = 2;

    private TerminalWidth() {}

    /** What COLUMNS says, else the terminal, else what nearly every terminal has. */
    static int columns() {
        return columns(System::getenv, TerminalWidth::ofTerminal);
    }

    static int columns(UnaryOperator<String> environment, java.util.function.Supplier<String> terminal) {
        int columns = number(environment.apply("COLUMNS"));
        if (columns < 1) {
            String[] rowsAndColumns = terminal.get().strip().split(" ");
            columns = number(rowsAndColumns[rowsAndColumns.length - 1]);
        }
        // One less than there are, since some terminals wrap after the last.
        return columns < 1 ? MOST : Math.max(LEAST, Math.min(MOST, columns - 1));
    }

    private static int number(String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** A process asks: a library would open the terminal itself, and change what Ctrl-C does. */
    private static String ofTerminal() {
        try {
            Process process = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    ? new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    : "";
        } catch (IOException e) {
            // No such program, or no terminal.
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
