package org.plastic4j.naturalimages;

import org.plastic4j.testing.ExperimentLauncher;

/** How this module's tests launch its experiment. */
final class ThisExperiment {
    /** Its regression.yaml on generated pictures, whatever folder the environment names. */
    static final ExperimentLauncher LAUNCHER = new ExperimentLauncher(NaturalImages::new, "data.source=generated");

    private ThisExperiment() {}
}
