package org.plastic4j.naturalimages;

import org.plastic4j.testing.ExperimentArchitecture;

class ArchitectureTest extends ExperimentArchitecture {
    ArchitectureTest() {
        super("org.plastic4j.naturalimages");
    }
}
