package org.plastic4j.binarypatterns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.plastic4j.testing.MavenRunContract;

@Tag("slow")
class MavenRunTest extends MavenRunContract {
    MavenRunTest() {
        super("binary-patterns");
    }

    @Test
    void mavenStartsThisExperimentAndNoOtherWhereNoModuleIsChosen() throws Exception {
        assertThat(maven("compile", "exec:java", "-Dexec.args=--help")
                        .lines()
                        .filter(line -> line.startsWith("Usage:")))
                .hasSize(1)
                .first()
                .asString()
                .contains("binary-patterns");
    }
}
