package org.plastic4j.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;
import org.plastic4j.testsupport.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {
    private static final String BENCHMARKS = "org.plastic4j.benchmarks..";

    ArchitectureTest() {
        super(
                "org.plastic4j.benchmarks",
                new Layer("cases", "org.plastic4j.benchmarks.cases"),
                new Layer("measures", "org.plastic4j.benchmarks.measure"),
                new Layer(
                        "implementations and report",
                        "org.plastic4j.benchmarks.nd4j",
                        "org.plastic4j.benchmarks.pytorch",
                        "org.plastic4j.benchmarks.report"),
                new Layer("commands", "org.plastic4j.benchmarks.cli"));
    }

    @Test
    void onlyTheAgentsBenchmarkNeedsAnExperiment() {
        noClasses()
                .that()
                .resideInAPackage(BENCHMARKS)
                .and()
                .haveSimpleNameNotContaining("Agent")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.plastic4j.maze..")
                .check(modules());
    }

    @Test
    void onlyItsOwnImplementationNeedsNd4j() {
        noClasses()
                .that()
                .resideInAPackage(BENCHMARKS)
                .and()
                .resideOutsideOfPackage("org.plastic4j.benchmarks.nd4j..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.nd4j..")
                .check(modules());
    }
}
