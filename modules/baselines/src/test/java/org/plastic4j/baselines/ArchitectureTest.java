package org.plastic4j.baselines;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The walls of the house as far as they concern this experiment; those of all others are in binary-patterns. */
class ArchitectureTest {
    private static JavaClasses house;

    @BeforeAll
    static void read() {
        house = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.plastic4j");
        assertThat(house.contain("org.plastic4j.baselines.ClampedLstm")).isTrue();
        assertThat(house.contain("org.plastic4j.experiment.search.Search")).isTrue();
    }

    @Test
    void nothingThatIsSharedKnowsThisExperimentOrDeeplearning4j() {
        noClasses()
                .that()
                .resideInAnyPackage("org.plastic4j.core..", "org.plastic4j.data..", "org.plastic4j.experiment..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.plastic4j.baselines..", "org.deeplearning4j..")
                .check(house);
    }

    @Test
    void onlyTheLstmKnowsDeeplearning4j() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Lstm")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.deeplearning4j..")
                .check(house);
    }

    @Test
    void thisExperimentKnowsNoOther() {
        noClasses()
                .that()
                .resideInAPackage("org.plastic4j.baselines..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.plastic4j.binarypatterns..", "org.plastic4j.naturalimages..", "org.plastic4j.core.fused..")
                .check(house);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("org.plastic4j.(**)").should().beFreeOfCycles().check(house);
    }
}
