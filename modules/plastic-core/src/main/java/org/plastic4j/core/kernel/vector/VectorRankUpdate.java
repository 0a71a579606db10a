package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.PanelLayout.INDICES;
import static org.plastic4j.core.kernel.vector.VectorForward.BLOCK_WIDTH;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;

import java.lang.invoke.MethodHandles;
import org.plastic4j.core.kernel.compiled.LoopBuilder;

/**
 * Deferred rank-K updates of a matrix M, written into memory: K vectors of columns v(k), with one factor x(k) for each row,
 *
 * <pre>M'[r, c] = scale M[r, c] + sum_k x(k)[r] v(k)[c]</pre>
 *
 * two column blocks at a time.
 */
final class VectorRankUpdate {
    private static final int RANK = LifetimeBuffers.RANK;

    /** Where the v(k) of two column blocks are: v(k) of the first at {@code first + k nextVector}. */
    record Columns(float[] values, int first, int nextBlock, int nextVector) {}

    private interface Loop {
        void run(
                float[] source,
                int from,
                float[] target,
                int to,
                int next,
                int rows,
                float[] x,
                int factor,
                float[] columns,
                int first,
                int nextBlock,
                int nextVector,
                float[] other,
                int otherFrom);
    }

    /** What {@code scale} is, and what the update is multiplied with. */
    private enum Form {
        /** A number for each column. */
        SCALED_COLUMNS,
        /** A number for each row, before the other factors of that row. */
        SCALED_ROWS,
        /** The same, and the update is multiplied by a matrix, element by element. */
        SCALED_ROWS_TIMES_MATRIX
    }

    private static final Loop SCALED_COLUMNS = assemble(Form.SCALED_COLUMNS);
    private static final Loop SCALED_ROWS = assemble(Form.SCALED_ROWS);
    private static final Loop TIMES_MATRIX = assemble(Form.SCALED_ROWS_TIMES_MATRIX);

    private VectorRankUpdate() {}

    private static Loop assemble(Form form) {
        return LoopBuilder.build(MethodHandles.lookup(), Loop.class, LANES, loop -> {
            LoopBuilder.Floats source = loop.floats();
            LoopBuilder.Int from = loop.integer();
            LoopBuilder.Floats target = loop.floats();
            LoopBuilder.Int to = loop.integer();
            LoopBuilder.Int next = loop.integer();
            LoopBuilder.Int rows = loop.integer();
            LoopBuilder.Floats x = loop.floats();
            LoopBuilder.Int factor = loop.integer();
            LoopBuilder.Floats columns = loop.floats();
            LoopBuilder.Int first = loop.integer();
            LoopBuilder.Int nextBlock = loop.integer();
            LoopBuilder.Int nextVector = loop.integer();
            LoopBuilder.Floats other = loop.floats();
            LoopBuilder.Int otherFrom = loop.integer();
            LoopBuilder.Vector[][] v = new LoopBuilder.Vector[RANK][2];
            for (int k = 0; k < RANK; k++) {
                LoopBuilder.Int at = first.plus(nextVector.times(k));
                v[k][0] = loop.let(loop.load(columns, at));
                v[k][1] = loop.let(loop.load(columns, at.plus(nextBlock)));
            }
            boolean byColumn = form == Form.SCALED_COLUMNS;
            LoopBuilder.Vector[] scale = new LoopBuilder.Vector[2];
            for (int block = 0; block < 2 && byColumn; block++) {
                scale[block] = loop.let(loop.load(other, otherFrom.plus(block * BLOCK_WIDTH)));
            }
            loop.loop(rows, 1, r -> {
                LoopBuilder.Int[] s = VectorPass.blocks(loop, from, next, r);
                LoopBuilder.Int[] t = VectorPass.blocks(loop, to, next, r);
                LoopBuilder.Int[] a =
                        form == Form.SCALED_ROWS_TIMES_MATRIX ? VectorPass.blocks(loop, otherFrom, next, r) : null;
                LoopBuilder.Int f =
                        loop.let(factor.plus(r.times(RowFactors.SIDE)).and(INDICES));
                LoopBuilder.Variable[] matrix = new LoopBuilder.Variable[2];
                LoopBuilder.Variable[] update = new LoopBuilder.Variable[2];
                LoopBuilder.Vector ofRow = byColumn ? null : loop.let(loop.broadcast(x, f));
                for (int block = 0; block < 2; block++) {
                    matrix[block] = loop.let(loop.load(source, s[block]).mul(byColumn ? scale[block] : ofRow));
                    update[block] = matrix[block];
                }
                for (int k = 0; k < RANK; k++) {
                    LoopBuilder.Vector factorOfRow = loop.let(loop.broadcast(x, f.plus(byColumn ? k : k + 1)));
                    for (int block = 0; block < 2; block++) {
                        if (a != null && k == 0) {
                            update[block] = loop.let(v[k][block].mul(factorOfRow));
                        } else {
                            update[block].set(v[k][block].fma(factorOfRow, update[block]));
                        }
                    }
                }
                for (int block = 0; block < 2; block++) {
                    LoopBuilder.Vector result =
                            a == null ? update[block] : update[block].fma(loop.load(other, a[block]), matrix[block]);
                    loop.store(result, target, t[block]);
                }
            });
        });
    }

    /** {@code M' = scale M + sum_k x(k) v(k)} with a scale for each column, from {@code scaleFrom} on. */
    static void scaledColumns(
            LifetimeBuffers m,
            float[] source,
            float[] target,
            int b,
            int column,
            RowFactors x,
            int set,
            Columns v,
            float[] scale,
            int scaleFrom) {
        run(SCALED_COLUMNS, m, source, target, b, column, x, set, v, scale, scaleFrom);
    }

    /** The same with a scale for each row, the first of its factors. */
    static void scaledRows(
            LifetimeBuffers m, float[] source, float[] target, int b, int column, RowFactors x, int set, Columns v) {
        run(SCALED_ROWS, m, source, target, b, column, x, set, v, m.zeros, 0);
    }

    /** {@code M' = scale M + A sum_k x(k) v(k)}, in place. */
    static void scaledRowsTimes(
            LifetimeBuffers m, float[] a, float[] matrix, int b, int column, RowFactors x, int set, Columns v) {
        run(TIMES_MATRIX, m, matrix, matrix, b, column, x, set, v, a, m.layout.at(column, 0));
    }

    private static void run(
            Loop loop,
            LifetimeBuffers m,
            float[] source,
            float[] target,
            int b,
            int column,
            RowFactors x,
            int set,
            Columns v,
            float[] other,
            int otherFrom) {
        loop.run(
                source,
                m.traceAt(source, b, column),
                target,
                m.matrix(b) + m.layout.at(column, 0),
                m.layout.blockRows * BLOCK_WIDTH,
                m.layout.rows,
                x.values,
                x.at(set, 0),
                v.values(),
                v.first(),
                v.nextBlock(),
                v.nextVector(),
                other,
                otherFrom);
    }
}
