package org.plastic4j.cli;

import org.plastic4j.testsupport.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {
    ArchitectureTest() {
        super(
                "org.plastic4j.cli",
                new Layer("progress", "org.plastic4j.cli.progress"),
                new Layer("commands", "org.plastic4j.cli"));
    }
}
