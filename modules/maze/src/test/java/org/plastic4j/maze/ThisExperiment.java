package org.plastic4j.maze;

import org.plastic4j.testing.ExperimentLauncher;

/** How this module's tests launch its experiment. */
final class ThisExperiment {
    static final ExperimentLauncher LAUNCHER = new ExperimentLauncher(MazeExperiment::new);

    private ThisExperiment() {}
}
