package org.plastic4j.cuda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class WallsTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.plastic4j");

    @Test
    void theGpuKnowsPlasticCoreAndTheDriversBindingAlone() {
        classes()
                .that()
                .resideInAPackage("org.plastic4j.cuda..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("org.plastic4j.cuda..", "org.plastic4j.core..", "jcuda..", "java..")
                .check(HOUSE);
    }

    @Test
    void nobodyElseKnowsTheGpu() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.plastic4j.cuda..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.plastic4j.cuda..", "jcuda..")
                .check(HOUSE);
    }
}
