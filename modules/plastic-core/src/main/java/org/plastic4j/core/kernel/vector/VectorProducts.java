package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.PanelLayout.INDICES;
import static org.plastic4j.core.kernel.vector.VectorForward.BLOCK_WIDTH;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.TraceDecay;
import org.plastic4j.core.kernel.WorkerGroup;
import org.plastic4j.core.kernel.compiled.LoopBuilder;
import org.plastic4j.core.spec.Slot;

/**
 * The gradients of W and alpha, gathered when all g(t) are known:
 *
 * <pre>dW = sum_t y(t-1)^T g(t),    dalpha = sum_t H(t) * y(t-1)^T g(t)</pre>
 *
 * tile by tile over all steps and lifetimes, H being rebuilt in registers, so that the matrices are touched once.
 */
final class VectorProducts {
    private static final int ROWS = PanelLayout.ROW_UNIT;

    /** What one lifetime adds to a tile. */
    private interface Loop {
        void run(
                float[] x,
                int xAt,
                float[] g,
                int gAt,
                int next,
                int steps,
                float[] w,
                int tile,
                float[] alpha,
                int alphaTile,
                float[] trace,
                int traceAt,
                float[] writeStrengths,
                int strengthAt,
                float[] decayFactors,
                int decayAt,
                int nextDecay);
    }

    private static final Loop PLASTIC = assemble(true);
    /** Of dW alone; it reads none of the arrays after that. */
    private static final Loop FIXED = assemble(false);

    private final LifetimeBuffers m;
    private final GradientBuffers d;
    private final float eta;
    private final boolean squared;
    private final float[] firstTrace;
    /** For the columns at hand, of every lifetime and step: eta y, and the decay factor, [B, T, BLOCK_WIDTH] each. */
    private final float[] writeStrengths;

    private final float[] decayFactors;
    /** From the decay factor of one step to the next step's: none where it is always the same. */
    private final int nextDecayFactor;

    private final int begin;
    private final int end;

    /** For lifetimes {@code begin} to {@code end} (exclusive), whose first traces, where given, are in the buffers. */
    VectorProducts(LifetimeTensors in, LifetimeBuffers m, int begin, int end, Scratch scratch) {
        this.m = m;
        this.begin = begin;
        this.end = end;
        d = m.gradients();
        eta = in.has(Slot.ETA) ? in.get(Slot.ETA).getFloat(0) : 0;
        firstTrace = in.has(Slot.HEBB0) ? m.hebb : m.noTrace;
        squared = m.isPlastic() && TraceDecay.of(in.spec().rule()) == TraceDecay.OUTPUT_SQUARED;
        int elements = m.isPlastic() ? PanelLayout.padded((end - begin) * m.steps * BLOCK_WIDTH) : 0;
        writeStrengths = scratch.floats(elements);
        nextDecayFactor = squared ? BLOCK_WIDTH : 0;
        decayFactors = scratch.floats(squared ? elements : PanelLayout.padded(BLOCK_WIDTH));
        if (!squared) {
            Arrays.fill(decayFactors, 1 - eta);
        }
    }

    private static Loop assemble(boolean plastic) {
        return LoopBuilder.build(MethodHandles.lookup(), Loop.class, LANES, loop -> {
            LoopBuilder.Floats x = loop.floats();
            LoopBuilder.Int xAt = loop.integer();
            LoopBuilder.Floats g = loop.floats();
            LoopBuilder.Int gAt = loop.integer();
            LoopBuilder.Int next = loop.integer();
            LoopBuilder.Int steps = loop.integer();
            LoopBuilder.Floats w = loop.floats();
            LoopBuilder.Int tile = loop.integer();
            LoopBuilder.Floats alpha = loop.floats();
            LoopBuilder.Int alphaTile = loop.integer();
            LoopBuilder.Floats trace = loop.floats();
            LoopBuilder.Int traceAt = loop.integer();
            LoopBuilder.Floats writeStrengths = loop.floats();
            LoopBuilder.Int strengthAt = loop.integer();
            LoopBuilder.Floats decayFactors = loop.floats();
            LoopBuilder.Int decayAt = loop.integer();
            LoopBuilder.Int nextDecay = loop.integer();
            LoopBuilder.Variable[] dw = load(loop, w, tile, ROWS);
            LoopBuilder.Variable[] dalpha = load(loop, alpha, alphaTile, plastic ? ROWS : 0);
            LoopBuilder.Variable[] h = load(loop, trace, traceAt, plastic ? ROWS : 0);
            loop.loop(steps, 1, t -> {
                LoopBuilder.Int further = loop.let(t.times(next));
                LoopBuilder.Int input = loop.let(xAt.plus(further).and(INDICES));
                LoopBuilder.Vector gradient =
                        loop.let(loop.load(g, gAt.plus(further).and(INDICES)));
                if (!plastic) {
                    for (int row = 0; row < ROWS; row++) {
                        dw[row].set(gradient.fma(loop.broadcast(x, input.plus(row)), dw[row]));
                    }
                    return;
                }
                LoopBuilder.Int strength = strengthAt.plus(t.times(BLOCK_WIDTH)).and(INDICES);
                LoopBuilder.Vector writeStrength = loop.let(loop.load(writeStrengths, strength));
                LoopBuilder.Int decay = decayAt.plus(t.times(nextDecay)).and(INDICES);
                LoopBuilder.Vector decayFactor = loop.let(loop.load(decayFactors, decay));
                for (int row = 0; row < ROWS; row++) {
                    LoopBuilder.Vector in = loop.let(loop.broadcast(x, input.plus(row)));
                    LoopBuilder.Vector product = loop.let(in.mul(gradient));
                    // Not one multiplication and addition each: some processors add beside them.
                    dw[row].set(dw[row].add(product));
                    dalpha[row].set(h[row].fma(product, dalpha[row]));
                    h[row].set(decayFactor.fma(h[row], in.mul(writeStrength)));
                }
            });
            store(loop, dw, w, tile);
            store(loop, dalpha, alpha, alphaTile);
        });
    }

    private static LoopBuilder.Variable[] load(
            LoopBuilder loop, LoopBuilder.Floats matrix, LoopBuilder.Int tile, int rows) {
        LoopBuilder.Variable[] vectors = new LoopBuilder.Variable[rows];
        for (int row = 0; row < rows; row++) {
            vectors[row] = loop.let(loop.load(matrix, tile.plus(row * BLOCK_WIDTH)));
        }
        return vectors;
    }

    private static void store(
            LoopBuilder loop, LoopBuilder.Variable[] vectors, LoopBuilder.Floats matrix, LoopBuilder.Int tile) {
        for (int row = 0; row < vectors.length; row++) {
            loop.store(vectors[row], matrix, tile.plus(row * BLOCK_WIDTH));
        }
    }

    /** Forms them, shared out by column blocks since every lifetime adds to them. */
    void run(Partition partition) {
        int columnBlocks = (m.n + BLOCK_WIDTH - 1) / BLOCK_WIDTH;
        int threads = partition.group().size();
        int to = WorkerGroup.part(columnBlocks, partition.member() + 1, threads);
        int from = WorkerGroup.part(columnBlocks, partition.member(), threads);
        if (m.isPlastic()) {
            for (int block = from; block < to; block++) {
                plastic(block * BLOCK_WIDTH);
            }
            return;
        }
        // Lifetimes come one after another, so that what one of them recorded stays in the cache for all of its tiles.
        for (int b = begin; b < end; b++) {
            for (int block = from; block < to; block++) {
                fixed(block * BLOCK_WIDTH, b);
            }
        }
    }

    /** The columns from {@code column} on, one vector of them, of a plastic layer's dW and dalpha. */
    private void plastic(int column) {
        prepare(column);
        boolean shared = d.alpha.length == 0;
        float[] alpha = shared ? d.sharedTile : d.alpha;
        for (int i = 0; i < m.layout.rows; i += ROWS) {
            int tile = m.layout.at(column, i);
            // A shared one is gathered in one tile for all rows of a block.
            int alphaTile = shared ? column * ROWS : tile;
            if (begin == 0) {
                clear(d.w, tile);
                if (!shared) {
                    clear(alpha, tile);
                }
            }
            if (shared && i == 0) {
                clear(alpha, alphaTile);
            }
            for (int b = begin; b < end; b++) {
                tile(b, i, column, alpha, alphaTile);
            }
        }
        if (shared) {
            for (int lane = 0; lane < ROWS * BLOCK_WIDTH; lane++) {
                d.sharedAlpha[column] += alpha[column * ROWS + lane];
            }
        }
    }

    private int step(int b, int t) {
        return PanelLayout.START + ((b - begin) * m.steps + t - 1) * BLOCK_WIDTH;
    }

    /** How the traces of a column block change at every step, once for all of its tiles. */
    private void prepare(int column) {
        for (int b = begin; b < end; b++) {
            for (int t = 1; t <= m.steps; t++) {
                int y = m.row(t, b) + column;
                int at = step(b, t);
                for (int lane = 0; lane < BLOCK_WIDTH; lane++) {
                    writeStrengths[at + lane] = eta * m.y[y + lane];
                }
                if (squared) {
                    VectorColumns.decayFactor(m.y, y, decayFactors, at, BLOCK_WIDTH, eta, true);
                }
            }
        }
    }

    /** What one lifetime adds to a tile of rows and one vector of columns. */
    private void tile(int b, int i, int column, float[] alpha, int alphaTile) {
        int first = step(b, 1);
        PLASTIC.run(
                m.y,
                m.row(0, b) + i,
                d.g,
                m.row(1, b) + column,
                m.nextRow(),
                m.steps,
                d.w,
                m.layout.at(column, i),
                alpha,
                alphaTile,
                firstTrace,
                m.traceAt(firstTrace, b, column) + i * BLOCK_WIDTH,
                writeStrengths,
                first,
                decayFactors,
                squared ? first : PanelLayout.START,
                nextDecayFactor);
    }

    /** What one lifetime adds to the columns of dW of a layer without plasticity. */
    private void fixed(int column, int b) {
        for (int i = 0; i < m.layout.rows; i += ROWS) {
            int tile = m.layout.at(column, i);
            if (b == 0) {
                clear(d.w, tile);
            }
            int x = m.row(0, b) + i;
            int g = m.row(1, b) + column;
            float[] none = m.zeros;
            FIXED.run(m.y, x, d.g, g, m.nextRow(), m.steps, d.w, tile, none, 0, none, 0, none, 0, none, 0, 0);
        }
    }

    private static void clear(float[] matrix, int tile) {
        Arrays.fill(matrix, tile, tile + ROWS * BLOCK_WIDTH, 0);
    }
}
