package org.plastic4j.report;

import org.plastic4j.testsupport.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {
    ArchitectureTest() {
        super(
                "org.plastic4j.report",
                new Layer("plots", "org.plastic4j.report.plot"),
                new Layer("pages", "org.plastic4j.report.page"),
                new Layer("runs", "org.plastic4j.report.comparison", "org.plastic4j.report.reproduction"),
                new Layer("search", "org.plastic4j.report.search"));
    }
}
