package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.PanelLayout.COLUMN_UNIT;
import static org.plastic4j.core.kernel.vector.VectorLanes.SPECIES;
import static org.plastic4j.core.kernel.vector.VectorLanes.WIDTH;

import java.util.Arrays;
import org.plastic4j.core.kernel.compiled.RuleLoops;

/** In blocks of one vector of columns. */
final class VectorBlockGradient extends VectorRuleGradient {
    private final RuleLoops loops;
    private final VectorRuleProducts products;
    private final int rowVectors;
    private final float[] x;
    private final float[][] columns;
    /** The sums over columns of a panel, one vector for each row: of the product, then of row gradients. */
    private final float[][] totals;

    VectorBlockGradient(RuleBuffers s) {
        super(s);
        loops = RuleLoops.of(s.program, SPECIES, WIDTH, COLUMN_UNIT);
        products = new VectorRuleProducts(s, vectors, loops);
        rowVectors = s.program.rowCount(true);
        columns = vectors.columnsAnd(s.program.deferredColumns());
        x = new float[m.layout.rows * (rowVectors + 1)];
        totals = new float[1 + s.program.rowGradientCount()][PanelLayout.padded(m.layout.rows * COLUMN_UNIT)];
    }

    @Override
    void readRows(int t) {
        vectors.putRows(t, t, rowVectors, x);
    }

    @Override
    void replay(int panel, int step, float[][] from, int count, float[]... to) {
        if (count == 0) {
            return;
        }
        int begin = m.layout.start(panel);
        int vector = vectors.at(step);
        RuleLoops.Replay loop = loops.replays();
        float[][] rows = vectors.rows();
        for (int column = begin; column < begin + m.layout.filled(panel); column += WIDTH) {
            int at = vector + column;
            for (int i = 0; i < m.layout.rows; i += loops.tileRows()) {
                int tile = m.layout.at(column, i);
                loop.run(from, tile, rows, vector + i, vectors.columns(), at, m.nextRow(), count, to);
            }
        }
    }

    @Override
    void pass(int panel, int t, int b, float[][] matrices) {
        RuleLoops.Backward loop = loops.backward(t, m.steps);
        for (float[] total : totals) {
            Arrays.fill(total, 0);
        }
        int begin = m.layout.start(panel);
        int g = m.row(Math.min(t + 1, m.steps), b);
        int sums = d.columnSums(t, b);
        int vector = vectors.at(t);
        int later = vectors.at(Math.min(t + 1, m.steps));
        for (int column = begin; column < begin + m.layout.filled(panel); column += WIDTH) {
            loop.run(
                    matrices,
                    d.matrices[b],
                    m.layout.at(column, 0),
                    m.layout.rows,
                    x,
                    columns,
                    vector + column,
                    later + column,
                    d.g,
                    g + column,
                    totals,
                    d.columnSums,
                    sums + column);
        }
        int to = d.rowSums(t, b, panel);
        for (int k = 0; k < totals.length; k++) {
            float[] total = totals[k];
            float[] rowSums = d.rowSums[k];
            for (int i = 0; i < m.layout.rows; i++) {
                rowSums[to + i] = VectorLanes.sum(total, i * COLUMN_UNIT);
            }
        }
    }

    @Override
    void products(Partition ofThread, float[][][] firstTraces) {
        products.run(ofThread, firstTraces);
    }
}
