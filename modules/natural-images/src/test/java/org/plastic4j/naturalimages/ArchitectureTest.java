package org.plastic4j.naturalimages;

import org.plastic4j.testing.ExperimentWalls;

class ArchitectureTest extends ExperimentWalls {
    ArchitectureTest() {
        super("org.plastic4j.naturalimages");
    }
}
