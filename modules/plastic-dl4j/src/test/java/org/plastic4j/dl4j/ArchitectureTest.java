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
                .resideInAPackage("org.plastic4j.core.fused..")
                .check(modules());
    }
}
