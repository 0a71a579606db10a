package org.plastic4j.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The walls around the benchmarks; ArchitectureTest of binary-patterns holds those of the rest of the house. */
class WallsTest {
    private static final String BENCHMARKS = "org.plastic4j.benchmarks..";

    private static JavaClasses house;

    @BeforeAll
    static void read() {
        house = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.plastic4j");
        assertThat(house.contain("org.plastic4j.core.fused.FusedLifetimeOp")).isTrue();
        assertThat(house.contain("org.plastic4j.benchmarks.pytorch.PyTorchLifetime"))
                .isTrue();
    }

    @Test
    void nobodyKnowsTheBenchmarks() {
        noClasses()
                .that()
                .resideOutsideOfPackage(BENCHMARKS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BENCHMARKS)
                .check(house);
    }

    @Test
    void benchmarksKnowNoExperimentButTheMazeWhoseAgentIsMeasured() {
        noClasses()
                .that()
                .resideInAPackage(BENCHMARKS)
                .and()
                .haveSimpleNameNotContaining("Agent")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.plastic4j.data..",
                        "org.plastic4j.binarypatterns..",
                        "org.plastic4j.naturalimages..",
                        "org.plastic4j.maze..")
                .check(house);
    }

    @Test
    void onlyOneSideKnowsPyTorchAndOnlyTheOtherSameDiff() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.plastic4j.benchmarks.pytorch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(house);
        noClasses()
                .that()
                .resideInAPackage(BENCHMARKS)
                .and()
                .resideOutsideOfPackage("org.plastic4j.benchmarks.nd4j..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.nd4j..")
                .check(house);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("org.plastic4j.(**)").should().beFreeOfCycles().check(house);
    }

    @Test
    void onlyTheCommandLineTouchesTheTerminalAndEndsTheProcess() {
        noClasses()
                .that()
                .resideInAPackage(BENCHMARKS)
                .and()
                .resideOutsideOfPackage("org.plastic4j.benchmarks.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(house);
    }
}
