package org.plastic4j.cuda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.plastic4j.core.accelerator.LifetimeAccelerator;
import org.plastic4j.testsupport.ArchitectureRules;

class ArchitectureTest extends ArchitectureRules {
    ArchitectureTest() {
        super("org.plastic4j.cuda");
    }

    @Test
    void theGpuNeedsWhatItImplementsAndTheDriversBindingAlone() {
        classes()
                .that()
                .resideInAPackage("org.plastic4j.cuda..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "org.plastic4j.cuda..",
                        "org.plastic4j.core..",
                        "org.plastic4j.devicetraining..",
                        "jcuda..",
                        "java..")
                .check(modules());
    }

    @Test
    void theProviderIsFoundAsAService() {
        assertThat(ServiceLoader.load(LifetimeAccelerator.Provider.class))
                .hasAtLeastOneElementOfType(CudaProvider.class);
    }
}
