package org.plastic4j.omniglot;

import org.plastic4j.testing.ExperimentLauncher;

/** How this module's tests launch its experiment. */
final class ThisExperiment {
    /** Its regression.yaml on generated characters, whatever folder the environment names. */
    static final ExperimentLauncher LAUNCHER = new ExperimentLauncher(OmniglotExperiment::new, "data.source=generated");

    private ThisExperiment() {}
}
