package org.plastic4j.baselines;

import org.plastic4j.testing.MavenRunContract;

class MavenRunTest extends MavenRunContract {
    MavenRunTest() {
        super("baselines");
    }
}
