package org.plastic4j.core.kernel.vector;

/**
 * One thread's part of the forward pass of a compiled rule's lifetimes, one after another, for call after call. The pass of
 * step t over a panel makes up for the update of step t - 1, so that memory is passed once a step:
 *
 * <pre>
 * H(t)   = rule(H(t-1), y(t-2), y(t-1))
 * pre(t) = pre(t) + y(t-1) (W + alpha * H(t))
 * </pre>
 */
abstract class VectorRuleForward implements VectorSteps.Part {
    final LifetimeBuffers m;
    final RuleVectors vectors;
    private Partition partition;

    VectorRuleForward(RuleBuffers s) {
        m = s.m;
        vectors = RuleVectors.ofTwoSteps(s, new VectorFunctions());
    }

    /** By vectors, or in plain floats where there are none. */
    static VectorRuleForward of(RuleBuffers s) {
        return VectorLanes.SPECIES == null ? new VectorFlatForward(s) : new VectorBlockForward(s);
    }

    /** Reads row vectors: those of step t's update, and y(t). */
    abstract void readRows(int t);

    /** The pass of step t over a panel; that of T + 1 only makes up for the last update. */
    abstract void pass(int panel, int t, int b);

    /** Says which part of lifetimes this is. */
    VectorRuleForward turnTo(Partition part) {
        partition = part;
        return this;
    }

    void run(Partition part, boolean clamped) {
        turnTo(part);
        partition.forEachLifetime(m, b -> {
            vectors.begin(b);
            for (int t = 1; t <= m.steps + 1; t++) {
                step(t, b, clamped);
                if (partition.isJoint(m)) {
                    partition.group().await();
                }
            }
        });
    }

    /** Sets the states of neurons of its lifetimes, each [batch, n]. */
    void begin(float[]... states) {
        for (int b = partition.firstLifetime(); b < partition.endLifetime(); b++) {
            vectors.begin(b);
            for (int k = 0; k < states.length; k++) {
                System.arraycopy(states[k], b * m.n, vectors.states(b)[k], 0, m.n);
            }
        }
    }

    /** Writes the states of its lifetimes' neurons. */
    void store(float[]... states) {
        for (int b = partition.firstLifetime(); b < partition.endLifetime(); b++) {
            for (int k = 0; k < states.length; k++) {
                System.arraycopy(vectors.states(b)[k], 0, states[k], b * m.n, m.n);
            }
        }
    }

    @Override
    public void step(int t, boolean isClamped) {
        for (int b = partition.firstLifetime(); b < partition.endLifetime(); b++) {
            step(t, b, isClamped);
        }
    }

    /** Step t of a lifetime; T + 1 brings the traces up to the end. */
    private void step(int t, int b, boolean isClamped) {
        vectors.load(Math.max(t - 2, 0), b);
        if (t > 1) {
            vectors.step(t - 1, b);
        }
        readRows(t - 1);
        for (int panel = partition.firstPanel(); panel < partition.endPanel(); panel++) {
            pass(panel, t, b);
            if (t <= m.steps) {
                VectorLifetime.activate(m, isClamped, panel, t, b);
            }
        }
    }
}
