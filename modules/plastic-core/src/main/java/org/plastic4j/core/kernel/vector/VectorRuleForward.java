package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.VectorLanes.SPECIES;
import static org.plastic4j.core.kernel.vector.VectorLanes.WIDTH;

import org.plastic4j.core.kernel.compiled.RuleLoops;

/**
 * One thread's part of the forward pass of a compiled rule's lifetimes, one after another, for call after call. The pass of
 * step t over a panel makes up for the update of step t - 1, so that memory is passed once a step:
 *
 * <pre>
 * H(t)   = rule(H(t-1), y(t-2), y(t-1))
 * pre(t) = pre(t) + y(t-1) (W + alpha * H(t))
 * </pre>
 */
final class VectorRuleForward implements VectorSteps.Part {
    private final RuleBuffers s;
    private final LifetimeBuffers m;
    private final RuleLoops loops;
    private final RuleVectors vectors;
    private final int rowVectors;
    private final float[] x;
    private Partition partition;

    VectorRuleForward(RuleBuffers s) {
        this.s = s;
        m = s.m;
        loops = RuleLoops.of(s.program, SPECIES, WIDTH, PanelLayout.COLUMN_UNIT);
        vectors = RuleVectors.ofTwoSteps(s, new VectorFunctions());
        rowVectors = s.program.rowCount(false);
        x = new float[m.layout.rows * (rowVectors + 1)];
    }

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
        vectors.putRows(t - 1, t - 1, rowVectors, x);
        for (int panel = partition.firstPanel(); panel < partition.endPanel(); panel++) {
            pass(panel, t, b);
            if (t <= m.steps) {
                VectorLifetime.activate(m, isClamped, panel, t, b);
            }
        }
    }

    /** In blocks of one vector of columns; t = T + 1 only makes up for the last update. */
    private void pass(int panel, int t, int b) {
        RuleLoops.Forward loop = loops.forward(t, m.steps);
        float[][] matrices = s.matrices[b];
        int pre = m.row(Math.min(t, m.steps), b);
        int first = m.layout.start(panel);
        int vector = vectors.at(t - 1);
        for (int column = first; column < first + m.layout.filled(panel); column += WIDTH) {
            int from = m.layout.at(column, 0);
            loop.run(matrices, from, m.layout.rows, x, vectors.columns(), vector + column, m.y, pre + column);
        }
    }
}
