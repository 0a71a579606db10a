package org.plastic4j.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;
import org.plastic4j.testsupport.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {
    ArchitectureTest() {
        super(
                "org.plastic4j.spark",
                new Layer("on executors", "org.plastic4j.spark.task"),
                new Layer("in the driver", "org.plastic4j.spark"));
    }

    /** Executors are sent the classes of this module and no others. */
    @Test
    void tasksNeedNothingButSparkAndTheirOwnPackage() {
        noClasses()
                .that()
                .resideInAPackage("org.plastic4j.spark.task..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "org.plastic4j.spark.task..", "org.apache.spark..", "org.apache.hadoop..", "java..")
                .check(modules());
    }
}
