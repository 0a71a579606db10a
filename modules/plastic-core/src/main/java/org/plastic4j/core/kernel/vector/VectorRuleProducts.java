package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.VectorLanes.WIDTH;

import java.util.Arrays;
import org.plastic4j.core.kernel.WorkerGroup;
import org.plastic4j.core.kernel.compiled.RuleLoops;

/**
 * The gradients of W and alpha of a compiled rule, gathered when all g(t) are known:
 *
 * <pre>dW = sum_t x(t)^T g(t),    dalpha = sum_t H(t) * x(t)^T g(t),    x(t) = y(t-1)</pre>
 *
 * tile by tile over all steps and lifetimes, H being recomputed in registers.
 */
final class VectorRuleProducts {
    private static final int ROWS = PanelLayout.ROW_UNIT;

    private final RuleBuffers s;
    private final LifetimeBuffers m;
    private final RuleBuffers.Gradients d;
    private final RuleVectors vectors;
    private final RuleLoops loops;

    VectorRuleProducts(RuleBuffers s, RuleVectors vectors, RuleLoops loops) {
        this.s = s;
        m = s.m;
        d = s.gradients();
        this.vectors = vectors;
        this.loops = loops;
    }

    /**
     * Shared out by tiles, since every lifetime adds to them: a shared alpha is gathered block by block.
     *
     * @param first the traces of each lifetime before its first step
     */
    void run(Partition partition, float[][][] first) {
        int tilesOfBlock = m.layout.rows / ROWS;
        int unit = d.alpha.length == 0 ? tilesOfBlock : 1;
        int units = (m.n + WIDTH - 1) / WIDTH * tilesOfBlock / unit;
        int threads = partition.group().size();
        int from = WorkerGroup.part(units, partition.member(), threads) * unit;
        int to = WorkerGroup.part(units, partition.member() + 1, threads) * unit;
        tiles(from, to, tilesOfBlock, first);
        if (d.alpha.length == 0) {
            for (int column = from / tilesOfBlock * WIDTH; column < to / tilesOfBlock * WIDTH; column += WIDTH) {
                for (int lane = 0; lane < ROWS * WIDTH; lane++) {
                    d.sharedAlpha[column] += d.sharedTile[column * ROWS + lane];
                }
            }
        }
    }

    /**
     * A range of tiles, which go down block after block. Lifetimes come one after another, so that what one of them recorded
     * stays in the cache for all of its tiles.
     */
    private void tiles(int from, int to, int tilesOfBlock, float[][][] first) {
        boolean shared = d.alpha.length == 0;
        float[] alpha = shared ? d.sharedTile : d.alpha;
        for (int b = 0; b < m.batch && from < to; b++) {
            vectors.turnTo(b);
            VectorLifetimeProducts lifetime = new VectorLifetimeProducts(b, first[b]);
            for (int tile = from; tile < to; tile++) {
                int column = tile / tilesOfBlock * WIDTH;
                int i = tile % tilesOfBlock * ROWS;
                int at = m.layout.at(column, i);
                // A shared alpha is gathered in one tile for all rows of a block.
                int alphaAt = shared ? column * ROWS : at;
                if (b == 0) {
                    clear(d.w, at);
                    if (!shared || i == 0) {
                        clear(alpha, alphaAt);
                    }
                }
                lifetime.add(i, column, alpha, alphaAt);
            }
        }
    }

    private static void clear(float[] matrix, int tile) {
        Arrays.fill(matrix, tile, tile + ROWS * WIDTH, 0);
    }

    /** What one lifetime adds. */
    private final class VectorLifetimeProducts {
        private final int b;
        private final float[][] matrices;

        VectorLifetimeProducts(int b, float[][] matrices) {
            this.b = b;
            this.matrices = matrices;
        }

        void add(int i, int column, float[] alpha, int alphaAt) {
            for (int row = 0; row < ROWS; row += loops.tileRows()) {
                loops.ofProducts()
                        .run(
                                matrices,
                                m.layout.at(column, i + row),
                                vectors.rows(),
                                vectors.at(1) + i + row,
                                vectors.y(),
                                vectors.at(0) + i + row,
                                vectors.columns(),
                                vectors.at(1) + column,
                                d.g,
                                m.row(1, b) + column,
                                m.nextRow(),
                                m.steps,
                                d.w,
                                alpha,
                                alphaAt + row * WIDTH);
            }
        }
    }
}
