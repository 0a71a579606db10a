package org.plastic4j.core.kernel.vector;

import org.plastic4j.core.kernel.compiled.FlatLoops;

/** In flat loops over tiles, which C2 makes vectors of by itself. */
final class VectorFlatForward extends VectorRuleForward {
    private static final float[][] NONE = {};

    private final RuleBuffers s;
    private final FlatLoops loops;
    private final VectorFlatTiles flat;
    private final float[][] matrices;
    /** Of each tile. */
    private final float[][][] rows;

    private final float[][] columns;
    private final float[][] product;
    private final float[][] results;

    VectorFlatForward(RuleBuffers s) {
        super(s);
        this.s = s;
        loops = FlatLoops.of(s.program);
        flat = new VectorFlatTiles(m.layout);
        matrices = flat.arrays(RuleBuffers.TRACES + s.program.traces() + s.program.matrixCount());
        rows = flat.rowArrays(s.program.rowCount(false));
        columns = flat.arrays(s.program.columnCount());
        product = flat.arrays(1);
        results = flat.arrays(s.program.traces() + s.program.matrixCount() + loops.temporaries());
    }

    @Override
    void readRows(int t) {
        flat.readRows(vectors, t, t, s.program.rowCount(false), rows);
    }

    @Override
    void pass(int panel, int t, int b) {
        FlatLoops.Loop loop = loops.forward(t, m.steps);
        boolean multiplies = t <= m.steps;
        int vector = vectors.at(t - 1);
        int end = m.layout.start(panel) + m.layout.filled(panel);
        for (int column = m.layout.start(panel); column < end; column += VectorFlatTiles.WIDTH) {
            for (int k = 0; k < columns.length; k++) {
                VectorFlatTiles.columns(vectors.columns()[k], vector + column, columns[k]);
            }
            for (int tile = 0; tile < flat.tiles; tile++) {
                flat.load(s.matrices[b], multiplies ? 0 : RuleBuffers.TRACES, column, tile, matrices);
                loop.run(matrices, NONE, rows[tile], columns, product, results, flat.length(tile));
                for (int k = 0; k < s.program.traces() && t > 1; k++) {
                    flat.store(results[k], column, tile, s.matrices[b][RuleBuffers.TRACES + k]);
                }
                if (multiplies) {
                    flat.addColumnSums(product[0], tile, m.y, m.row(t, b) + column);
                }
            }
        }
    }
}
