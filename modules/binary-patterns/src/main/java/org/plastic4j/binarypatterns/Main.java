package org.plastic4j.binarypatterns;

import org.plastic4j.cli.Launcher;

/** {@code ./mvnw -q compile exec:java}, and {@code scripts/run binary-patterns}. */
public final class Main {
    private Main() {}

    /**
     * Trains.
     *
     * @param arguments the options, see {@code --help}
     */
    public static void main(String[] arguments) {
        Launcher.main(arguments, new BinaryPatterns());
    }
}
