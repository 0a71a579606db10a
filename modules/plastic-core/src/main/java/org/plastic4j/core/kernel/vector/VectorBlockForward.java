package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.VectorLanes.SPECIES;
import static org.plastic4j.core.kernel.vector.VectorLanes.WIDTH;

import org.plastic4j.core.kernel.compiled.RuleLoops;

/** In blocks of one vector of columns. */
final class VectorBlockForward extends VectorRuleForward {
    private final RuleBuffers s;
    private final RuleLoops loops;
    private final int rowVectors;
    private final float[] x;

    VectorBlockForward(RuleBuffers s) {
        super(s);
        this.s = s;
        loops = RuleLoops.of(s.program, SPECIES, WIDTH, PanelLayout.COLUMN_UNIT);
        rowVectors = s.program.rowCount(false);
        x = new float[m.layout.rows * (rowVectors + 1)];
    }

    @Override
    void readRows(int t) {
        vectors.putRows(t, t, rowVectors, x);
    }

    @Override
    void pass(int panel, int t, int b) {
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
