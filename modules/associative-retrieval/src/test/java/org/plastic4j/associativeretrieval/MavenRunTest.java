package org.plastic4j.associativeretrieval;

import org.plastic4j.testing.MavenRunContract;

class MavenRunTest extends MavenRunContract {
    MavenRunTest() {
        super("associative-retrieval");
    }
}
