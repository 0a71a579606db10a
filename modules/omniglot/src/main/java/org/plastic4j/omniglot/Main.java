package org.plastic4j.omniglot;

import org.plastic4j.cli.Launcher;

/** {@code scripts/run omniglot}. */
public final class Main {
    private Main() {}

    /**
     * Trains.
     *
     * @param arguments the options, see {@code --help}
     */
    public static void main(String[] arguments) {
        Launcher.main(arguments, new OmniglotExperiment());
    }
}
