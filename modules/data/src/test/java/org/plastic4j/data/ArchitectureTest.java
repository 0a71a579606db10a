package org.plastic4j.data;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;
import org.plastic4j.testsupport.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {
    ArchitectureTest() {
        super(
                "org.plastic4j.data",
                new Layer("streams and files", "org.plastic4j.data", "org.plastic4j.data.download"),
                new Layer(
                        "tasks",
                        "org.plastic4j.data.patterns",
                        "org.plastic4j.data.pictures",
                        "org.plastic4j.data.omniglot",
                        "org.plastic4j.data.retrieval"));
    }

    @Test
    void onlyTheDownloadOpensConnections() {
        noClasses()
                .that()
                .resideInAPackage("org.plastic4j.data..")
                .and()
                .resideOutsideOfPackage("org.plastic4j.data.download..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.HttpURLConnection")
                .check(modules());
    }
}
