package org.plastic4j.associativeretrieval;

import org.plastic4j.testing.ExperimentLauncher;

/** How this module's tests launch its experiment. */
final class ThisExperiment {
    static final ExperimentLauncher LAUNCHER = new ExperimentLauncher(AssociativeRetrieval::new);

    private ThisExperiment() {}
}
