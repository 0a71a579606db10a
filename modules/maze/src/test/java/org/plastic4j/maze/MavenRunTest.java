package org.plastic4j.maze;

import org.plastic4j.testing.MavenRunContract;

class MavenRunTest extends MavenRunContract {
    MavenRunTest() {
        super("maze");
    }
}
