package org.plastic4j.naturalimages;

import org.plastic4j.testing.MavenRunContract;

class MavenRunTest extends MavenRunContract {
    MavenRunTest() {
        super("natural-images");
    }
}
