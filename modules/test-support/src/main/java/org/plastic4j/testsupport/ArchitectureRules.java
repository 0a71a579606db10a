package org.plastic4j.testsupport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.text.NumberFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The rules that hold in every module, over all classes that its tests can see. A module's {@code ArchitectureTest} extends
 * this class, names the layers of its own packages, and adds the rules that concern it alone.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ArchitectureRules {
    private static final String[] EXPERIMENTS = {
        "org.plastic4j.binarypatterns..",
        "org.plastic4j.naturalimages..",
        "org.plastic4j.omniglot..",
        "org.plastic4j.maze..",
        "org.plastic4j.baselines..",
        "org.plastic4j.associativeretrieval.."
    };
    /** The packages that may print to the terminal and end the process. */
    private static final String[] PROGRAMS = {
        "org.plastic4j.cli..",
        "org.plastic4j.benchmarks.cli..",
        "org.plastic4j.playground.cli..",
        "org.plastic4j.dl4j.example.."
    };

    private final JavaClasses modules;
    private final List<Layer> layers;

    /**
     * Packages that only layers above may depend on.
     *
     * @param name what messages call the layer
     * @param packages its packages, as ArchUnit writes them
     */
    public record Layer(String name, String... packages) {}

    /**
     * @param own the module's root package
     * @param bottomUp the layers of the module's own packages, the lowest first; none where there is one package
     */
    protected ArchitectureRules(String own, Layer... bottomUp) {
        modules = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.plastic4j");
        layers = List.of(bottomUp);
        // An importer that finds nothing would let everything pass.
        assertThat(modules.stream().anyMatch(found -> found.getPackageName().startsWith(own)))
                .as("classes in " + own)
                .isTrue();
    }

    /** @return all classes of the project that this module's tests can see */
    protected final JavaClasses modules() {
        return modules;
    }

    @Test
    void modulesDependDownwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("plastic-core")
                .definedBy("org.plastic4j.core..")
                .layer("device-training")
                .definedBy("org.plastic4j.devicetraining..")
                .layer("plastic-cuda")
                .definedBy("org.plastic4j.cuda..")
                .layer("plastic-dl4j")
                .definedBy("org.plastic4j.dl4j..")
                .layer("data")
                .definedBy("org.plastic4j.data..")
                .layer("training")
                .definedBy("org.plastic4j.training..")
                .layer("report")
                .definedBy("org.plastic4j.report..")
                .layer("live")
                .definedBy("org.plastic4j.live..")
                .layer("cli")
                .definedBy("org.plastic4j.cli..")
                .layer("experiments")
                .definedBy(EXPERIMENTS)
                .layer("benchmarks")
                .definedBy("org.plastic4j.benchmarks..")
                .layer("playground")
                .definedBy("org.plastic4j.playground..")
                .layer("spark")
                .definedBy("org.plastic4j.spark..")
                .whereLayer("plastic-core")
                .mayOnlyBeAccessedByLayers(
                        "device-training",
                        "plastic-cuda",
                        "plastic-dl4j",
                        "training",
                        "cli",
                        "experiments",
                        "benchmarks",
                        "playground")
                .whereLayer("device-training")
                .mayOnlyBeAccessedByLayers("plastic-cuda", "training")
                // Programs find GPUs as a service.
                .whereLayer("plastic-cuda")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("plastic-dl4j")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("data")
                .mayOnlyBeAccessedByLayers("training", "report", "cli", "experiments", "playground")
                .whereLayer("training")
                .mayOnlyBeAccessedByLayers("report", "live", "cli", "experiments", "benchmarks", "playground", "spark")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("live", "cli", "experiments", "playground")
                .whereLayer("live")
                .mayOnlyBeAccessedByLayers("cli", "playground")
                .whereLayer("cli")
                .mayOnlyBeAccessedByLayers("experiments", "benchmarks", "playground", "spark")
                .whereLayer("experiments")
                .mayOnlyBeAccessedByLayers("benchmarks", "playground")
                .whereLayer("benchmarks")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("playground")
                .mayNotBeAccessedByAnyLayer()
                // Programs find clusters as a service.
                .whereLayer("spark")
                .mayNotBeAccessedByAnyLayer()
                .check(modules);
    }

    @Test
    void packagesDependDownwards() {
        if (layers.isEmpty()) {
            return;
        }
        LayeredArchitecture architecture = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (Layer layer : layers) {
            architecture = architecture.layer(layer.name).definedBy(layer.packages);
        }
        for (int i = 0; i < layers.size(); i++) {
            String[] above = layers.stream().skip(i + 1L).map(Layer::name).toArray(String[]::new);
            architecture = above.length == 0
                    ? architecture.whereLayer(layers.get(i).name).mayNotBeAccessedByAnyLayer()
                    : architecture.whereLayer(layers.get(i).name).mayOnlyBeAccessedByLayers(above);
        }
        architecture.check(modules);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("org.plastic4j.(**)").should().beFreeOfCycles().check(modules);
    }

    /** Where a computer's clock is set back, a duration by it is negative: durations come from System.nanoTime. */
    @Test
    void nothingMeasuresByTheTimeOfDay() {
        noClasses()
                .that()
                .doNotHaveSimpleName("SteadyClock")
                // It asks how old a file is, which only the time of day says.
                .and()
                .doNotHaveSimpleName("WatchedRun")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .check(modules);
    }

    @Test
    void librariesStayWhereTheyBelong() {
        belongs("jcuda..", "org.plastic4j.cuda..");
        belongs("org.apache.spark..", "org.plastic4j.spark..");
        belongs("org.apache.hadoop..", "org.plastic4j.spark..");
        belongs("scala..", "org.plastic4j.spark..");
        belongs("ai.djl..", "org.plastic4j.benchmarks.pytorch..");
        belongs(
                "org.deeplearning4j..",
                "org.plastic4j.dl4j..",
                "org.plastic4j.baselines..",
                "org.plastic4j.associativeretrieval..");
        belongs("com.beust..", PROGRAMS);
        belongs("me.tongfei..", "org.plastic4j.cli.progress..");
        belongs("org.knowm..", "org.plastic4j.report.plot..");
        belongs("com.sun.net.httpserver..", "org.plastic4j.live.http..");
    }

    private void belongs(String library, String... packages) {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(modules);
    }

    @Test
    void onlyProgramsTouchTheTerminalAndEndTheProcess() {
        noClasses()
                .that()
                .resideOutsideOfPackages(PROGRAMS)
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
                .check(modules);
    }

    /** Files, keys and messages are the same wherever the user lives: whatever formats says in which locale. */
    @Test
    void nothingIsFormattedInTheUsersLocale() {
        noClasses()
                .should()
                .accessTargetWhere(DescribedPredicate.describe(
                        "a method that takes the default locale",
                        (JavaAccess<?> access) -> takesTheDefaultLocale(access.getTarget())))
                .check(modules);
    }

    private static boolean takesTheDefaultLocale(AccessTarget target) {
        if (!(target instanceof AccessTarget.CodeUnitAccessTarget method)) {
            return false;
        }
        boolean localeIsGiven =
                method.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Locale.class));
        if (localeIsGiven) {
            return false;
        }
        JavaClass owner = method.getOwner();
        if (owner.isEquivalentTo(String.class)) {
            return Set.of("formatted", "format", "toLowerCase", "toUpperCase").contains(method.getName());
        }
        if (owner.isAssignableTo(PrintStream.class) || owner.isAssignableTo(PrintWriter.class)) {
            return Set.of("printf", "format").contains(method.getName());
        }
        return owner.isEquivalentTo(DateTimeFormatter.class) && method.getName().equals("ofPattern")
                || owner.isAssignableTo(Formatter.class) && method.getName().equals("<init>")
                || owner.isAssignableTo(NumberFormat.class)
                        && (method.getName().equals("<init>")
                                || method.getName().startsWith("get"));
    }
}
