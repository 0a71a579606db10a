package org.plastic4j.dl4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;
import org.plastic4j.testsupport.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {
    ArchitectureTest() {
        super("org.plastic4j.dl4j");
    }

    @Test
    void layerNeedsCellsRulesAndLifetimesAlone() {
        noClasses()
                .that()
                .resideInAPackage("org.plastic4j.dl4j..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.plastic4j.core.spec..",
                        "org.plastic4j.core.kernel..",
                        "org.plastic4j.core.accelerator..",
                        "org.plastic4j.core.op..")
                .check(modules());
    }
}
