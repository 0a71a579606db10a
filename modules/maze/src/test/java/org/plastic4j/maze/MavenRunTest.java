package org.plastic4j.maze;

import org.junit.jupiter.api.Tag;
import org.plastic4j.testing.MavenRunContract;

@Tag("slow")
class MavenRunTest extends MavenRunContract {
    MavenRunTest() {
        super("maze");
    }
}
