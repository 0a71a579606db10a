package org.plastic4j.core.op;

import org.nd4j.linalg.env.EnvironmentalAction;

/**
 * Has this library's ops run by ND4J from its start on, without a call: the last thing that ND4J does when it starts is to
 * call what looks at environment variables. This one looks at none.
 */
public final class Nd4jStart implements EnvironmentalAction {
    /** For ND4J. */
    public Nd4jStart() {
        HostExecutioner.takePlace();
    }

    @Override
    public String targetVariable() {
        return Nd4jStart.class.getName();
    }

    @Override
    public void process(String value) {
        // Nothing depends on it.
    }
}
