package org.plastic4j.playground;

import org.plastic4j.testsupport.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {
    ArchitectureTest() {
        super(
                "org.plastic4j.playground",
                new Layer("trained networks", "org.plastic4j.playground.network"),
                new Layer(
                        "tasks",
                        "org.plastic4j.playground.draw",
                        "org.plastic4j.playground.picture",
                        "org.plastic4j.playground.maze"),
                new Layer("pages", "org.plastic4j.playground.page"),
                new Layer("commands", "org.plastic4j.playground.cli"));
    }
}
