package org.plastic4j.maze;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;
import org.plastic4j.testing.ExperimentArchitecture;

class ArchitectureTest extends ExperimentArchitecture {
    ArchitectureTest() {
        super(
                "org.plastic4j.maze",
                new Layer("worlds", "org.plastic4j.maze.world"),
                new Layer("agents", "org.plastic4j.maze.agent"),
                new Layer("experiment", "org.plastic4j.maze"));
    }

    @Test
    void worldsNeedNoLibrary() {
        classes()
                .that()
                .resideInAPackage("org.plastic4j.maze.world..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.plastic4j.maze.world..")
                .check(modules());
    }

    @Test
    void agentsDoNotDependOnParticularWorlds() {
        noClasses()
                .that()
                .resideInAPackage("org.plastic4j.maze.agent..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("org\\.plastic4j\\.maze\\.world\\.(Maze|Cue|Layout|Cell|Direction).*")
                .check(modules());
    }
}
