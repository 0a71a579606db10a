package org.plastic4j.omniglot;

import org.plastic4j.testing.MavenRunContract;

class MavenRunTest extends MavenRunContract {
    MavenRunTest() {
        super("omniglot");
    }
}
