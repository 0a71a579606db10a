package org.plastic4j.binarypatterns;

import org.plastic4j.testing.ExperimentLauncher;

/** How this module's tests launch its experiment. */
final class ThisExperiment {
    static final ExperimentLauncher LAUNCHER = new ExperimentLauncher(BinaryPatterns::new);

    private ThisExperiment() {}
}
