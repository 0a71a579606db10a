package org.plastic4j.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The walls of the house as far as they concern an experiment: its test class extends this one. Those around the library
 * are in binary-patterns.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ExperimentWalls {
    /** What experiments share. */
    protected static final String[] SHARED = {
        "org.plastic4j.core..",
        "org.plastic4j.data..",
        "org.plastic4j.training..",
        "org.plastic4j.report..",
        "org.plastic4j.cli.."
    };

    private final String own;
    private final JavaClasses house;

    /** @param own the experiment's package, without those below it */
    protected ExperimentWalls(String own) {
        this.own = own + "..";
        house = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.plastic4j");
        // An importer that finds nothing would let everything pass.
        assertThat(house.contain(own + ".Main")).isTrue();
        assertThat(house.contain("org.plastic4j.data.download.Dataset")).isTrue();
    }

    /** @return all classes of the project that this experiment's tests can see */
    protected final JavaClasses house() {
        return house;
    }

    @Test
    void nothingThatIsSharedKnowsThisExperiment() {
        noClasses()
                .that()
                .resideInAnyPackage(SHARED)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(own)
                .check(house);
    }

    @Test
    void thisExperimentKnowsNoOtherAndNoKernel() {
        DescribedPredicate<JavaClass> another = JavaClass.Predicates.resideInAPackage("org.plastic4j..")
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(SHARED)))
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage(own)))
                .as("another experiment");
        noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(another)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("org.plastic4j.core.fused..")
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
                .resideOutsideOfPackage("org.plastic4j.cli..")
                .and()
                // It prints nothing: it keeps SameDiff from it.
                .doNotHaveFullyQualifiedName("org.plastic4j.core.graph.Gradients")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(house);
    }
}
