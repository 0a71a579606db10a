package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.ChunkBuffers.RANK;
import static org.plastic4j.core.kernel.vector.PanelLayout.COLUMN_UNIT;
import static org.plastic4j.core.kernel.vector.PanelLayout.INDICES;
import static org.plastic4j.core.kernel.vector.PanelLayout.START;
import static org.plastic4j.core.kernel.vector.VectorForward.BLOCK_WIDTH;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import org.plastic4j.core.kernel.compiled.LoopBuilder;

/**
 * The sums over inputs that are formed on entering a chunk in the backward pass, along the rows of transposed matrices: for
 * each output, of G x(k), A H x(k) and G H, when {@link VectorChunk} has brought G up to date.
 */
final class VectorRowSums {
    /** Columns that sums along a row go through at a time: their inputs stay in the nearest cache beside the sums. */
    private static final int COLUMNS = 256;
    /** Rows, or pairs of rows, that are gone through before their sums over lanes are formed. */
    private static final int BLOCK = 16;
    /** Sums of a row, or of two. */
    private static final int SUMS = 2 * RANK;
    /** Room for their vectors. */
    static final int SCRATCH = PanelLayout.padded(BLOCK * SUMS * COLUMN_UNIT);

    private interface Loop {
        void run(
                float[] gradient,
                int gradientFrom,
                float[] trace,
                int traceFrom,
                int nextTrace,
                float[] alpha,
                int alphaFrom,
                float[] x,
                int xFrom,
                int next,
                int width,
                float[] scratch,
                int at);
    }

    private static final Loop TWO_ROWS_OF_G = assemble(false);
    private static final Loop ROW = assemble(true);

    private VectorRowSums() {}

    /** @param traces whether A H x(k), k > 0, and G H are formed of a row beside G x(k), or G x(k) of two rows */
    private static Loop assemble(boolean traces) {
        return LoopBuilder.build(MethodHandles.lookup(), Loop.class, LANES, loop -> {
            LoopBuilder.Floats gradient = loop.floats();
            LoopBuilder.Int gradientFrom = loop.integer();
            LoopBuilder.Floats trace = loop.floats();
            LoopBuilder.Int traceFrom = loop.integer();
            LoopBuilder.Int nextTrace = loop.integer();
            LoopBuilder.Floats alpha = loop.floats();
            LoopBuilder.Int alphaFrom = loop.integer();
            LoopBuilder.Floats x = loop.floats();
            LoopBuilder.Int xFrom = loop.integer();
            LoopBuilder.Int next = loop.integer();
            LoopBuilder.Int width = loop.integer();
            LoopBuilder.Floats scratch = loop.floats();
            LoopBuilder.Int at = loop.integer();
            LoopBuilder.Variable[] sums = new LoopBuilder.Variable[SUMS];
            for (int k = 0; k < SUMS; k++) {
                sums[k] = loop.let(loop.load(scratch, at.plus(k * COLUMN_UNIT)));
            }
            loop.loop(width, BLOCK_WIDTH, c -> {
                LoopBuilder.Int d = loop.let(gradientFrom.plus(c.times(next)).and(INDICES));
                LoopBuilder.Int p = loop.let(xFrom.plus(c.times(RANK)).and(INDICES));
                LoopBuilder.Vector g = loop.let(loop.load(gradient, d));
                LoopBuilder.Vector other;
                if (traces) {
                    LoopBuilder.Variable h = loop.let(
                            loop.load(trace, traceFrom.plus(c.times(nextTrace)).and(INDICES)));
                    sums[SUMS - 1].set(h.fma(g, sums[SUMS - 1]));
                    LoopBuilder.Int a = alphaFrom.plus(c.times(next)).and(INDICES);
                    h.set(h.mul(loop.load(alpha, a)));
                    other = h;
                } else {
                    other = loop.let(loop.load(gradient, d.plus(BLOCK_WIDTH)));
                }
                for (int k = 0; k < RANK; k++) {
                    LoopBuilder.Vector v = loop.let(loop.load(x, p.plus(k * BLOCK_WIDTH)));
                    sums[k].set(g.fma(v, sums[k]));
                    int second = traces ? RANK + k - 1 : RANK + k;
                    if (second >= RANK) {
                        sums[second].set(other.fma(v, sums[second]));
                    }
                }
            });
            for (int k = 0; k < SUMS; k++) {
                loop.store(sums[k], scratch, at.plus(k * COLUMN_UNIT));
            }
        });
    }

    /**
     * The sums over inputs of G x(k), for a panel's outputs.
     *
     * @param scratch room for {@link #SCRATCH} floats
     */
    static void bases(LifetimeBuffers m, ChunkBuffers s, int panel, int b, float[] scratch) {
        int end = Math.min(m.layout.rows, m.layout.start(panel + 1));
        for (int j = m.layout.start(panel); j < end; j += 2 * BLOCK) {
            int pairs = Math.min(BLOCK, (end - j) / 2);
            run(TWO_ROWS_OF_G, m, s, b, j, 2, pairs, m.noTrace, scratch);
            int to = s.sum(b, ChunkBuffers.base(0)) + j;
            for (int k = 0; k < RANK; k++, to += s.nextSum) {
                for (int pair = 0; pair < pairs; pair++) {
                    s.sums[to + 2 * pair] = sum(scratch, pair, k);
                    s.sums[to + 2 * pair + 1] = sum(scratch, pair, RANK + k);
                }
            }
        }
    }

    /**
     * The sums over inputs of G x(k), A H x(k), k > 0, and G H, for a panel's outputs.
     *
     * @param source H
     * @param scratch room for {@link #SCRATCH} floats
     */
    static void basesAndTraces(LifetimeBuffers m, ChunkBuffers s, int panel, int b, float[] source, float[] scratch) {
        for (int j = m.layout.start(panel); j < m.layout.end(panel); j += BLOCK) {
            int rows = Math.min(BLOCK, m.layout.end(panel) - j);
            run(ROW, m, s, b, j, 1, rows, source, scratch);
            int to = s.sum(b, ChunkBuffers.base(0)) + j;
            for (int which = 0; which < SUMS; which++, to += s.nextSum) {
                for (int r = 0; r < rows; r++) {
                    s.sums[to + r] = sum(scratch, r, which);
                }
            }
        }
    }

    private static void run(
            Loop loop,
            LifetimeBuffers m,
            ChunkBuffers s,
            int b,
            int j,
            int together,
            int count,
            float[] source,
            float[] scratch) {
        PanelLayout layout = m.layout;
        GradientBuffers d = m.gradients();
        // Where there is no trace, its rows are the same in all column blocks.
        boolean none = source == m.noTrace;
        Arrays.fill(scratch, 0);
        for (int column = 0; column < layout.columns; column += COLUMNS) {
            int width = Math.min(COLUMNS, layout.columns - column);
            for (int k = 0; k < count; k++) {
                int row = j + together * k;
                int from = layout.at(column, row);
                loop.run(
                        d.trace,
                        m.matrix(b) + from,
                        source,
                        none ? START + row * BLOCK_WIDTH : m.matrix(b) + from,
                        none ? 0 : layout.blockRows,
                        d.transposedAlpha,
                        from,
                        s.inputs,
                        s.step(b, column, 0),
                        layout.blockRows,
                        width,
                        scratch,
                        vectors(k));
            }
        }
    }

    private static float sum(float[] scratch, int row, int which) {
        return VectorLanes.sum(scratch, vectors(row) + which * COLUMN_UNIT);
    }

    /** Where the vectors of the sums of one of a block's rows, or pairs of rows, stand. */
    private static int vectors(int row) {
        return START + row * SUMS * COLUMN_UNIT;
    }
}
