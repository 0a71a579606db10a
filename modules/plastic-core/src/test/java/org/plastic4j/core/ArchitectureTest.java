package org.plastic4j.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;
import org.plastic4j.testsupport.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {
    ArchitectureTest() {
        super(
                "org.plastic4j.core",
                new Layer("rules", "org.plastic4j.core.rule"),
                new Layer("graphs", "org.plastic4j.core.graph"),
                new Layer("cells", "org.plastic4j.core.cell", "org.plastic4j.core.convolution"),
                new Layer("specifications", "org.plastic4j.core.spec"),
                new Layer("kernel interfaces", "org.plastic4j.core.kernel"),
                new Layer("compiled loops", "org.plastic4j.core.kernel.compiled"),
                new Layer(
                        "kernels",
                        "org.plastic4j.core.kernel.reference",
                        "org.plastic4j.core.kernel.unrolled",
                        "org.plastic4j.core.kernel.vector",
                        "org.plastic4j.core.accelerator"),
                new Layer("ops", "org.plastic4j.core.op"),
                new Layer(
                        "executions",
                        "org.plastic4j.core.lifetime",
                        "org.plastic4j.core.readout",
                        "org.plastic4j.core.encoder"));
    }

    @Test
    void onlyVectorClassesNeedTheIncubatingVectorApi() {
        noClasses()
                .that(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("org.plastic4j.core.kernel.vector")
                        .and(JavaClass.Predicates.simpleNameStartingWith("Vector"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator..")
                .check(modules());
    }

    @Test
    void definitionsDoNotNeedTheOpsThatTheyDefine() {
        noClasses()
                .that()
                .haveSimpleNameStartingWith("Unrolled")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.plastic4j.core.op", "org.plastic4j.core.kernel..", "org.plastic4j.core.accelerator")
                .check(modules());
    }

    @Test
    void nothingNamesTheVectorKernels() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.plastic4j.core.kernel.vector")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.plastic4j.core.kernel.vector")
                .check(modules());
    }

    @Test
    void vectorClassesAreLoadedByNameAlone() {
        // Else a JVM without the Vector API could not start at all, instead of running plain loops.
        classes()
                .that()
                .resideInAPackage("org.plastic4j.core.kernel.vector")
                .and()
                .haveSimpleNameStartingWith("Vector")
                .should()
                .onlyHaveDependentClassesThat(JavaClass.Predicates.simpleNameStartingWith("Vector")
                        .or(JavaClass.Predicates.simpleNameEndingWith("Kernel"))
                        .or(JavaClass.Predicates.simpleNameEndingWith("Steps")))
                .check(modules());
    }
}
