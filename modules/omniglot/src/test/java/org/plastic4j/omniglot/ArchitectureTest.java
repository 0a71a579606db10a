package org.plastic4j.omniglot;

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
    private static final String[] SHARED = {"org.plastic4j.core..", "org.plastic4j.data..", "org.plastic4j.experiment.."
    };

    private static JavaClasses house;

    @BeforeAll
    static void read() {
        house = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.plastic4j");
        assertThat(house.contain("org.plastic4j.omniglot.Main")).isTrue();
        assertThat(house.contain("org.plastic4j.data.download.Dataset")).isTrue();
    }

    @Test
    void nothingThatIsSharedKnowsThisExperiment() {
        noClasses()
                .that()
                .resideInAnyPackage(SHARED)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.plastic4j.omniglot..")
                .check(house);
    }

    @Test
    void thisExperimentKnowsNoOther() {
        noClasses()
                .that()
                .resideInAPackage("org.plastic4j.omniglot..")
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

    @Test
    void onlyTheDownloadOpensConnectionsInData() {
        noClasses()
                .that()
                .resideInAPackage("org.plastic4j.data..")
                .and()
                .resideOutsideOfPackage("org.plastic4j.data.download..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.HttpURLConnection")
                .check(house);
    }

    @Test
    void onlyTheCommandLineTouchesTheTerminalAndEndsTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.plastic4j.experiment.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(house);
    }
}
