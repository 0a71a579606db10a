package org.plastic4j.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;

/**
 * The user's terminal, kept for what is meant for the user. While it is open, what libraries print to System.out and
 * System.err or log goes into the run's log. Closing it puts everything back as it was: the program often runs inside
 * Maven's process.
 */
public final class Terminal implements AutoCloseable {
    private final PrintStream out;
    private final PrintStream err;
    private final PrintStream systemOut = System.out;
    private final PrintStream systemErr = System.err;
    private final RunLog log = new RunLog();
    private final PrintStream logPrinter = new PrintStream(log, true, StandardCharsets.UTF_8);
    private final Logger root = LogManager.getLogManager().getLogger("");
    private final List<Handler> handlers = List.of(root.getHandlers());
    private final Handler handler = new FlushingHandler(logPrinter);

    private Terminal(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Takes over System.out, System.err and logging.
     *
     * @param out where answers go
     * @param err where rejections go
     * @return the terminal; it has to be closed
     */
    public static Terminal install(PrintStream out, PrintStream err) {
        Terminal terminal = new Terminal(out, err);
        System.setOut(terminal.logPrinter);
        System.setErr(terminal.logPrinter);
        terminal.handlers.forEach(terminal.root::removeHandler);
        terminal.root.addHandler(terminal.handler);
        return terminal;
    }

    /** @return where answers go */
    public PrintStream out() {
        return out;
    }

    /** @return where rejections go */
    public PrintStream err() {
        return err;
    }

    /** @return whether somebody watches whose terminal lets a line rewrite itself */
    public boolean isWatched() {
        return System.console() != null && out == systemOut && !"dumb".equals(System.getenv("TERM"));
    }

    /**
     * Writes the log, from the beginning, to a file.
     *
     * @param file the run's log
     * @throws IOException if it cannot be written
     */
    public void logTo(Path file) throws IOException {
        log.attach(file);
    }

    /** @return whether the log goes to a file yet */
    boolean hasLogFile() {
        return log.isAttached();
    }

    /** @return writes to the log */
    PrintStream log() {
        return logPrinter;
    }

    @Override
    public void close() {
        root.removeHandler(handler);
        handlers.forEach(root::addHandler);
        System.setOut(systemOut);
        System.setErr(systemErr);
        logPrinter.close();
        out.flush();
        err.flush();
    }

    private static final class FlushingHandler extends StreamHandler {
        FlushingHandler(PrintStream stream) {
            super(stream, new SimpleFormatter());
            setLevel(Level.INFO);
        }

        @Override
        public synchronized void publish(java.util.logging.LogRecord entry) {
            super.publish(entry);
            flush();
        }
    }
}
