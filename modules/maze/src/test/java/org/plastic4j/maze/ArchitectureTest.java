package org.plastic4j.maze;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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
        assertThat(house.contain("org.plastic4j.maze.Main")).isTrue();
        assertThat(house.contain("org.plastic4j.maze.world.Maze")).isTrue();
    }

    @Test
    void nothingThatIsSharedKnowsThisExperiment() {
        noClasses()
                .that()
                .resideInAnyPackage(SHARED)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.plastic4j.maze..")
                .check(house);
    }

    @Test
    void thisExperimentKnowsNoOtherAndNoKernel() {
        noClasses()
                .that()
                .resideInAPackage("org.plastic4j.maze..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.plastic4j.binarypatterns..", "org.plastic4j.naturalimages..", "org.plastic4j.core.fused..")
                .check(house);
    }

    @Test
    void worldsKnowNothingOfPlasticityOrAnyLibrary() {
        classes()
                .that()
                .resideInAPackage("org.plastic4j.maze.world..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.plastic4j.maze.world..")
                .check(house);
    }

    @Test
    void agentsDoNotKnowWhichWorldsThereAre() {
        noClasses()
                .that()
                .resideInAPackage("org.plastic4j.maze.agent..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("org\\.plastic4j\\.maze\\.world\\.(Maze|Cue|Layout|Cell|Direction).*")
                .check(house);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("org.plastic4j.(**)").should().beFreeOfCycles().check(house);
    }

    @Test
    void nothingTouchesTheTerminalOrEndsTheProcess() {
        noClasses()
                .that()
                .resideInAPackage("org.plastic4j.maze..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(house);
    }
}
