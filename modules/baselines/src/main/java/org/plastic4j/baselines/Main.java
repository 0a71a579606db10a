package org.plastic4j.baselines;

import org.plastic4j.cli.Launcher;

/** {@code scripts/run baselines}, {@code scripts/search baselines} and {@code scripts/reproduce baselines}. */
public final class Main {
    private Main() {}

    /**
     * Trains.
     *
     * @param arguments the options, see {@code --help}
     */
    public static void main(String[] arguments) {
        Launcher.main(arguments, new Baselines());
    }
}
