package org.plastic4j.dl4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The walls around the layer; ArchitectureTest of binary-patterns holds those of the rest of the house. */
class WallsTest {
    private static JavaClasses house;

    @BeforeAll
    static void read() {
        house = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.plastic4j");
        assertThat(house.contain("org.plastic4j.dl4j.PlasticRnn")).isTrue();
        assertThat(house.contain("org.plastic4j.core.lifetime.FusedLifetime")).isTrue();
    }

    @Test
    void plasticCoreKnowsNeitherTheLayerNorDeeplearning4j() {
        noClasses()
                .that()
                .resideInAPackage("org.plastic4j.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.plastic4j.dl4j..", "org.deeplearning4j..")
                .check(house);
    }

    @Test
    void layerKnowsCellsRulesAndLifetimesAlone() {
        noClasses()
                .that()
                .resideInAPackage("org.plastic4j.dl4j..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.plastic4j.core.fused..",
                        "org.plastic4j.training..",
                        "org.plastic4j.report..",
                        "org.plastic4j.cli..",
                        "org.plastic4j.data..")
                .check(house);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("org.plastic4j.(**)").should().beFreeOfCycles().check(house);
    }

    @Test
    void layerDoesNotTouchTheTerminal() {
        noClasses()
                .that()
                .resideInAPackage("org.plastic4j.dl4j..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(house);
    }
}
