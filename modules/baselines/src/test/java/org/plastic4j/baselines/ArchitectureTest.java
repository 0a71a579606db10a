package org.plastic4j.baselines;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;
import org.plastic4j.testing.ExperimentArchitecture;

class ArchitectureTest extends ExperimentArchitecture {
    ArchitectureTest() {
        super("org.plastic4j.baselines");
    }

    @Test
    void onlyTheLstmNeedsDeeplearning4j() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Lstm")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.deeplearning4j..")
                .check(modules());
    }
}
