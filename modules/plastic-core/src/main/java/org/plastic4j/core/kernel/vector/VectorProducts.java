package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.VectorForward.BLOCK_WIDTH;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.TraceDecay;
import org.plastic4j.core.kernel.WorkerGroup;
import org.plastic4j.core.spec.Slot;

/**
 * The gradients of W and alpha, gathered when all g(t) are known:
 *
 * <pre>dW = sum_t y(t-1)^T g(t),    dalpha = sum_t H(t) * y(t-1)^T g(t)</pre>
 *
 * tile by tile over all steps and lifetimes, H being rebuilt in registers, so that the matrices are touched once.
 */
final class VectorProducts {
    private final LifetimeBuffers m;
    private final GradientBuffers d;
    private final float eta;
    private final boolean squared;
    private final float[] firstTrace;
    /** For the columns at hand, of every lifetime and step: eta y, and the decay factor, [B, T, BLOCK_WIDTH] each. */
    private final float[] writeStrengths;

    private final float[] decayFactors;
    /** From the decay factor of one step to the next step's: none where it is always the same. */
    private final int nextKeep;

    private final int begin;
    private final int end;

    /** For lifetimes {@code begin} to {@code end} (exclusive), whose first traces, where given, are in the buffers. */
    VectorProducts(LifetimeTensors in, LifetimeBuffers m, int begin, int end) {
        this.m = m;
        this.begin = begin;
        this.end = end;
        d = m.gradients();
        eta = in.has(Slot.ETA) ? in.get(Slot.ETA).getFloat(0) : 0;
        firstTrace = in.has(Slot.HEBB0) ? m.hebb : m.noTrace;
        squared = m.isPlastic() && TraceDecay.of(in.spec().rule()) == TraceDecay.OUTPUT_SQUARED;
        int elements = m.isPlastic() ? PanelLayout.padded((end - begin) * m.steps * BLOCK_WIDTH) : 0;
        writeStrengths = new float[elements];
        nextKeep = squared ? BLOCK_WIDTH : 0;
        decayFactors = new float[squared ? elements : PanelLayout.padded(BLOCK_WIDTH)];
        if (!squared) {
            Arrays.fill(decayFactors, 1 - eta);
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
                fixed(m, block * BLOCK_WIDTH, b);
            }
        }
    }

    /** The columns from {@code column} on, one vector of them, of a plastic layer's dW and dalpha. */
    private void plastic(int column) {
        prepare(column);
        PanelLayout layout = m.layout;
        float[] alpha = d.alpha.length > 0 ? d.alpha : d.sharedTile;
        for (int i = 0; i < layout.rows; i += PanelLayout.ROW_UNIT) {
            int tile = layout.at(column, i);
            boolean shared = alpha == d.sharedTile;
            int alphaTile = shared ? column * PanelLayout.ROW_UNIT : tile;
            for (int b = begin; b < end; b++) {
                // A shared one's tile is reduced before the next.
                boolean sets = b == (shared ? begin : 0);
                tile(b, i, column, tile, alpha, alphaTile, sets);
            }
            if (shared) {
                for (int lane = 0; lane < PanelLayout.ROW_UNIT * LANES.length(); lane++) {
                    d.sharedAlpha[column] += alpha[alphaTile + lane];
                }
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

    /**
     * What one lifetime adds to a tile of four rows and one vector of columns; the first lifetime sets it.
     *
     * @param sets whether this is the first one for the tile of alpha
     */
    private void tile(int b, int i, int column, int tile, float[] alpha, int alphaTile, boolean sets) {
        float[] y = m.y;
        float[] g = m.gradients().g;
        float[] w = m.gradients().w;
        int past = m.nextRow();
        int matrix = m.traceAt(firstTrace, b, column) + i * BLOCK_WIDTH;
        float[] before = b == 0 ? m.zeros : w;
        float[] alphaBefore = sets ? m.zeros : alpha;
        int at = b == 0 ? 0 : tile;
        int step = b == 0 ? 0 : BLOCK_WIDTH;
        int alphaAt = sets ? 0 : alphaTile;
        int alphaStep = sets ? 0 : BLOCK_WIDTH;
        FloatVector w0 = FloatVector.fromArray(LANES, before, at);
        FloatVector w1 = FloatVector.fromArray(LANES, before, at + step);
        FloatVector w2 = FloatVector.fromArray(LANES, before, at + 2 * step);
        FloatVector w3 = FloatVector.fromArray(LANES, before, at + 3 * step);
        FloatVector a0 = FloatVector.fromArray(LANES, alphaBefore, alphaAt);
        FloatVector a1 = FloatVector.fromArray(LANES, alphaBefore, alphaAt + alphaStep);
        FloatVector a2 = FloatVector.fromArray(LANES, alphaBefore, alphaAt + 2 * alphaStep);
        FloatVector a3 = FloatVector.fromArray(LANES, alphaBefore, alphaAt + 3 * alphaStep);
        FloatVector h0 = FloatVector.fromArray(LANES, firstTrace, matrix);
        FloatVector h1 = FloatVector.fromArray(LANES, firstTrace, matrix + BLOCK_WIDTH);
        FloatVector h2 = FloatVector.fromArray(LANES, firstTrace, matrix + 2 * BLOCK_WIDTH);
        FloatVector h3 = FloatVector.fromArray(LANES, firstTrace, matrix + 3 * BLOCK_WIDTH);
        int xp = m.row(0, b) + i;
        int vp = m.row(1, b) + column;
        int gp = step(b, 1);
        int kp = squared ? gp : PanelLayout.START;
        for (int t = 1; t <= m.steps; t++, xp += past, vp += past, gp += BLOCK_WIDTH, kp += nextKeep) {
            FloatVector gradient = FloatVector.fromArray(LANES, g, vp);
            FloatVector writeStrength = FloatVector.fromArray(LANES, writeStrengths, gp);
            FloatVector decayFactor = FloatVector.fromArray(LANES, decayFactors, kp);
            FloatVector x0 = FloatVector.broadcast(LANES, y[xp]);
            FloatVector x1 = FloatVector.broadcast(LANES, y[xp + 1]);
            FloatVector x2 = FloatVector.broadcast(LANES, y[xp + 2]);
            FloatVector x3 = FloatVector.broadcast(LANES, y[xp + 3]);
            FloatVector p0 = x0.mul(gradient);
            FloatVector p1 = x1.mul(gradient);
            FloatVector p2 = x2.mul(gradient);
            FloatVector p3 = x3.mul(gradient);
            // Not one multiplication and addition each: some processors add beside them.
            w0 = w0.add(p0);
            w1 = w1.add(p1);
            w2 = w2.add(p2);
            w3 = w3.add(p3);
            a0 = h0.fma(p0, a0);
            a1 = h1.fma(p1, a1);
            a2 = h2.fma(p2, a2);
            a3 = h3.fma(p3, a3);
            h0 = decayFactor.fma(h0, x0.mul(writeStrength));
            h1 = decayFactor.fma(h1, x1.mul(writeStrength));
            h2 = decayFactor.fma(h2, x2.mul(writeStrength));
            h3 = decayFactor.fma(h3, x3.mul(writeStrength));
        }
        w0.intoArray(w, tile);
        w1.intoArray(w, tile + BLOCK_WIDTH);
        w2.intoArray(w, tile + 2 * BLOCK_WIDTH);
        w3.intoArray(w, tile + 3 * BLOCK_WIDTH);
        a0.intoArray(alpha, alphaTile);
        a1.intoArray(alpha, alphaTile + BLOCK_WIDTH);
        a2.intoArray(alpha, alphaTile + 2 * BLOCK_WIDTH);
        a3.intoArray(alpha, alphaTile + 3 * BLOCK_WIDTH);
    }

    /**
     * What one lifetime adds to the same columns of dW of a layer without plasticity, four rows at a time; the first
     * lifetime sets them.
     */
    private static void fixed(LifetimeBuffers m, int column, int b) {
        float[] y = m.y;
        float[] g = m.gradients().g;
        float[] w = m.gradients().w;
        PanelLayout layout = m.layout;
        int past = m.nextRow();
        for (int i = 0; i < layout.rows; i += PanelLayout.ROW_UNIT) {
            int tile = layout.at(column, i);
            float[] before = b == 0 ? m.zeros : w;
            int at = b == 0 ? 0 : tile;
            int step = b == 0 ? 0 : BLOCK_WIDTH;
            FloatVector w0 = FloatVector.fromArray(LANES, before, at);
            FloatVector w1 = FloatVector.fromArray(LANES, before, at + step);
            FloatVector w2 = FloatVector.fromArray(LANES, before, at + 2 * step);
            FloatVector w3 = FloatVector.fromArray(LANES, before, at + 3 * step);
            int xp = m.row(0, b) + i;
            int vp = m.row(1, b) + column;
            for (int t = 1; t <= m.steps; t++, xp += past, vp += past) {
                FloatVector gradient = FloatVector.fromArray(LANES, g, vp);
                w0 = gradient.fma(FloatVector.broadcast(LANES, y[xp]), w0);
                w1 = gradient.fma(FloatVector.broadcast(LANES, y[xp + 1]), w1);
                w2 = gradient.fma(FloatVector.broadcast(LANES, y[xp + 2]), w2);
                w3 = gradient.fma(FloatVector.broadcast(LANES, y[xp + 3]), w3);
            }
            w0.intoArray(w, tile);
            w1.intoArray(w, tile + BLOCK_WIDTH);
            w2.intoArray(w, tile + 2 * BLOCK_WIDTH);
            w3.intoArray(w, tile + 3 * BLOCK_WIDTH);
        }
    }
}
