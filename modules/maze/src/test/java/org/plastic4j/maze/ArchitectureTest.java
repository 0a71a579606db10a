package org.plastic4j.maze;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;
import org.plastic4j.testing.ExperimentWalls;

class ArchitectureTest extends ExperimentWalls {
    ArchitectureTest() {
        super("org.plastic4j.maze");
    }

    @Test
    void worldsKnowNothingOfPlasticityOrAnyLibrary() {
        classes()
                .that()
                .resideInAPackage("org.plastic4j.maze.world..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.plastic4j.maze.world..")
                .check(house());
    }

    @Test
    void agentsDoNotKnowWhichWorldsThereAre() {
        noClasses()
                .that()
                .resideInAPackage("org.plastic4j.maze.agent..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("org\\.plastic4j\\.maze\\.world\\.(Maze|Cue|Layout|Cell|Direction).*")
                .check(house());
    }
}
