package org.plastic4j.maze;

import org.plastic4j.cli.Launcher;

/** {@code scripts/run maze}. */
public final class Main {
    private Main() {}

    /**
     * Trains.
     *
     * @param arguments the options, see {@code --help}
     */
    public static void main(String[] arguments) {
        Launcher.main(arguments, new MazeExperiment());
    }
}
