package org.plastic4j.associativeretrieval;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;
import org.plastic4j.testing.ExperimentArchitecture;

class ArchitectureTest extends ExperimentArchitecture {
    ArchitectureTest() {
        super("org.plastic4j.associativeretrieval");
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

    @Test
    void loopsNeedNoTensors() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Loops")
                .or()
                .haveSimpleName("LayerNorm")
                .or()
                .haveSimpleName("Rows")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.nd4j..")
                .check(modules());
    }
}
