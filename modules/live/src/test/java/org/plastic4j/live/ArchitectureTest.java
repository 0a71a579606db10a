package org.plastic4j.live;

import org.plastic4j.testsupport.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {
    ArchitectureTest() {
        super(
                "org.plastic4j.live",
                new Layer("server", "org.plastic4j.live.http"),
                new Layer("runs", "org.plastic4j.live.run"),
                new Layer("page", "org.plastic4j.live.page"));
    }
}
