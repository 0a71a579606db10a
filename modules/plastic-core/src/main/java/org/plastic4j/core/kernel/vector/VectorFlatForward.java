package org.plastic4j.core.kernel.vector;

import org.plastic4j.core.kernel.compiled.FlatLoops;

/** In flat loops over tiles, which C2 makes vectors of by itself. */
final class VectorFlatForward extends VectorRuleForward {
    private static final float[][] NONE = {};

    private final RuleBuffers s;
    private final FlatLoops loops;
    private final VectorFlatTiles blocks;
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
        blocks = new VectorFlatTiles(m.layout);
        matrices = blocks.arrays(RuleBuffers.TRACES + s.program.traces() + s.program.matrixCount());
        rows = VectorFlatGradient.rows(blocks, s.program.rowCount(false));
        columns = blocks.arrays(s.program.columnCount());
        product = blocks.arrays(1);
        results = blocks.arrays(s.program.traces() + s.program.matrixCount() + loops.temporaries());
    }

    @Override
    void readRows(int t) {
        VectorFlatGradient.readRows(blocks, vectors, t, t, s.program.rowCount(false), rows);
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
            for (int tile = 0; tile < blocks.tiles; tile++) {
                blocks.load(s.matrices[b], multiplies ? 0 : RuleBuffers.TRACES, column, tile, matrices);
                loop.run(matrices, NONE, rows[tile], columns, product, results, blocks.length(tile));
                for (int k = 0; k < s.program.traces() && t > 1; k++) {
                    blocks.store(results[k], column, tile, s.matrices[b][RuleBuffers.TRACES + k]);
                }
                if (multiplies) {
                    blocks.addColumnSums(product[0], tile, m.y, m.row(t, b) + column);
                }
            }
        }
    }
}
