package org.plastic4j.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;
import org.plastic4j.testsupport.ArchitectureRules;

/** The architecture rules of an experiment: its test class extends this one. */
public abstract class ExperimentArchitecture extends ArchitectureRules {
    private final String own;

    /**
     * @param own the experiment's root package
     * @param bottomUp the layers of its own packages, the lowest first; none where there is one package
     */
    protected ExperimentArchitecture(String own, Layer... bottomUp) {
        super(own, bottomUp);
        this.own = own + "..";
    }

    @Test
    void experimentsUseLayersAndNoKernels() {
        noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.plastic4j.core.spec..",
                        "org.plastic4j.core.kernel..",
                        "org.plastic4j.core.accelerator..",
                        "org.plastic4j.core.op..")
                .check(modules());
    }
}
