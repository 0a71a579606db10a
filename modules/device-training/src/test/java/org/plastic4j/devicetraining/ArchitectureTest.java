package org.plastic4j.devicetraining;

import org.plastic4j.testsupport.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {
    ArchitectureTest() {
        super("org.plastic4j.devicetraining");
    }
}
