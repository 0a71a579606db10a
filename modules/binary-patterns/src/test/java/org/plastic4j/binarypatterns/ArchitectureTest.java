package org.plastic4j.binarypatterns;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;
import org.plastic4j.testing.ExperimentWalls;

/** The walls of the house: which way dependencies run, and what only some may do. */
class ArchitectureTest extends ExperimentWalls {
    private static final String CORE = "org.plastic4j.core..";
    private static final String DATA = "org.plastic4j.data..";
    private static final String[] EXPERIMENT = {
        "org.plastic4j.training..", "org.plastic4j.report..", "org.plastic4j.cli.."
    };
    private static final DescribedPredicate<JavaClass> AN_EXPERIMENT = JavaClass.Predicates.resideInAPackage(
                    "org.plastic4j..")
            .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(SHARED)))
            .as("an experiment");

    ArchitectureTest() {
        super("org.plastic4j.binarypatterns");
        assertThat(house().contain("org.plastic4j.core.fused.VectorKernel")).isTrue();
    }

    @Test
    void plasticCoreKnowsNobodyElse() {
        noClasses()
                .that()
                .resideInAPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DATA, EXPERIMENT[0], EXPERIMENT[1], EXPERIMENT[2])
                .orShould()
                .dependOnClassesThat(AN_EXPERIMENT)
                .check(house());
    }

    @Test
    void dataKnowsNobodyElse() {
        noClasses()
                .that()
                .resideInAPackage(DATA)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CORE, EXPERIMENT[0], EXPERIMENT[1], EXPERIMENT[2])
                .orShould()
                .dependOnClassesThat(AN_EXPERIMENT)
                .check(house());
    }

    @Test
    void whatExperimentsShareKnowsNoExperiment() {
        noClasses()
                .that()
                .resideInAnyPackage(EXPERIMENT)
                .should()
                .dependOnClassesThat(AN_EXPERIMENT)
                .check(house());
    }

    @Test
    void experimentsDoNotKnowEachOther() {
        slices().matching("org.plastic4j.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(AN_EXPERIMENT, JavaClass.Predicates.resideInAnyPackage(SHARED))
                .ignoreDependency(
                        JavaClass.Predicates.resideInAnyPackage(EXPERIMENT),
                        JavaClass.Predicates.resideInAnyPackage(SHARED))
                .check(house());
    }

    @Test
    void gpusAreFoundAsServicesAndNamedByNobody() {
        assertThat(house().contain("org.plastic4j.cuda.CudaProvider")).isTrue();
        noClasses()
                .that()
                .resideOutsideOfPackage("org.plastic4j.cuda..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.plastic4j.cuda..", "jcuda..")
                .check(house());
    }

    @Test
    void rulesAndCellsDoNotKnowHowTheyAreExecuted() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.plastic4j.core.rule..", "org.plastic4j.core.cell..", "org.plastic4j.core.convolution..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.plastic4j.core.lifetime..",
                        "org.plastic4j.core.readout..",
                        "org.plastic4j.core.encoder..",
                        "org.plastic4j.core.fused..")
                .check(house());
    }

    @Test
    void fusedOpDoesNotKnowTheGraphsItIsPutInto() {
        noClasses()
                .that()
                .resideInAPackage("org.plastic4j.core.fused..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.plastic4j.core.lifetime..", "org.plastic4j.core.readout..", "org.plastic4j.core.encoder..")
                .check(house());
    }

    @Test
    void onlyVectorClassesNeedTheIncubatingVectorApi() {
        noClasses()
                .that(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("org.plastic4j.core.fused")
                        .and(JavaClass.Predicates.simpleNameStartingWith("Vector"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator..")
                .check(house());
    }

    @Test
    void vectorClassesAreLoadedByNameAlone() {
        // Else a JVM without the Vector API could not start at all, instead of taking the plain kernel.
        classes()
                .that()
                .resideInAPackage("org.plastic4j.core.fused")
                .and()
                .haveSimpleNameStartingWith("Vector")
                .should()
                .onlyHaveDependentClassesThat(JavaClass.Predicates.simpleNameStartingWith("Vector"))
                .check(house());
    }
}
