package org.plastic4j.associativeretrieval;

import org.plastic4j.cli.Launcher;

/** {@code scripts/run associative-retrieval} and {@code scripts/reproduce associative-retrieval}. */
public final class Main {
    private Main() {}

    /**
     * Trains.
     *
     * @param arguments the options, see {@code --help}
     */
    public static void main(String[] arguments) {
        Launcher.main(arguments, new AssociativeRetrieval());
    }
}
