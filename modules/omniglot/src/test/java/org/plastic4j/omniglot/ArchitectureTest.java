package org.plastic4j.omniglot;

import org.plastic4j.testing.ExperimentArchitecture;

class ArchitectureTest extends ExperimentArchitecture {
    ArchitectureTest() {
        super("org.plastic4j.omniglot");
    }
}
