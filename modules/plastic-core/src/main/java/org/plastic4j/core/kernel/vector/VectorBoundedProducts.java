package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.PanelLayout.PLACES;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;
import static org.plastic4j.core.kernel.vector.VectorForward.STRIP;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The gradients of W and alpha for traces that add up within a bound, gathered when all g(t) are known:
 *
 * <pre>dW = sum_t x(t)^T g(t),    dalpha = sum_t H(t) * x(t)^T g(t),    x(t) = y(t-1)</pre>
 *
 * tile by tile over all steps and lifetimes, H being lived again in registers.
 */
final class VectorBoundedProducts {
    private static final int ROWS = PanelLayout.ROW_UNIT;

    private final BoundedBuffers s;
    private final LifetimeBuffers m;
    private final BoundedBuffers.Gradients d;
    private final BoundedTraces[] first;
    private final BoundedTrace trace;
    private final float bound;
    private final float keep;

    /** @param first the traces of each lifetime before its first step */
    VectorBoundedProducts(BoundedBuffers s, BoundedTraces[] first, BoundedTrace trace, double bound, float eta) {
        this.first = first;
        this.s = s;
        m = s.m;
        d = s.gradients();
        this.trace = trace;
        this.bound = (float) bound;
        keep = 1 - eta;
    }

    /** How many tiles a share of the work consists of at least: a shared alpha is gathered strip by strip. */
    int unit() {
        return d.alpha.length == 0 ? tilesOfStrip() : 1;
    }

    /** How many tiles there are. */
    int tiles() {
        return (m.n + STRIP - 1) / STRIP * tilesOfStrip();
    }

    private int tilesOfStrip() {
        return m.layout.rows / ROWS;
    }

    /**
     * A range of tiles, which go down strip after strip. Lifetimes come one after another, so that what one of them
     * recorded stays in the cache for all of its tiles.
     */
    void tiles(int from, int to) {
        boolean shared = d.alpha.length == 0;
        float[] alpha = shared ? d.sharedTile : d.alpha;
        for (int b = 0; b < m.batch; b++) {
            for (int done = from; done < to; ) {
                int strip = done / tilesOfStrip();
                int column = strip * STRIP;
                int begin = (done - strip * tilesOfStrip()) * ROWS;
                done = Math.min(to, (strip + 1) * tilesOfStrip());
                int end = (done - strip * tilesOfStrip()) * ROWS;
                for (int i = begin; i < end; i += ROWS) {
                    int tile = m.layout.at(column, i);
                    // A shared alpha is gathered in one tile for all rows of a strip.
                    int alphaTile = shared ? column * ROWS : tile;
                    if (b == 0) {
                        clear(d.w, tile);
                        if (!shared || i == 0) {
                            clear(alpha, alphaTile);
                        }
                    }
                    tile(b, i, column, tile, alpha, alphaTile);
                }
            }
        }
        if (shared) {
            for (int column = from / tilesOfStrip() * STRIP; column < to / tilesOfStrip() * STRIP; column += STRIP) {
                for (int lane = 0; lane < ROWS * STRIP; lane++) {
                    d.sharedAlpha[column] += alpha[column * ROWS + lane];
                }
            }
        }
    }

    private static void clear(float[] matrix, int tile) {
        for (int row = 0; row < ROWS; row++) {
            FloatVector.zero(LANES).intoArray(matrix, tile + row * STRIP);
        }
    }

    private void tile(int b, int i, int column, int tile, float[] alpha, int alphaTile) {
        if (trace == BoundedTrace.HARD) {
            hard(b, i, column, tile, alpha, alphaTile);
            return;
        }
        for (int row = 0; row < ROWS; row += 2) {
            int at = tile + row * STRIP;
            int alphaAt = alphaTile + row * STRIP;
            if (trace == BoundedTrace.SOFT) {
                soft(b, i + row, column, at, alpha, alphaAt);
            } else {
                retroactive(b, i + row, column, at, alpha, alphaAt);
            }
        }
    }

    // What one lifetime adds to some rows. A method of less than 325 bytes would itself be inlined into the loops
    // around
    // it, which makes the compiler keep vectors in memory; and there is an end to the code it inlines.

    /**
     * Four rows at a time, since a row's trace has to wait for itself. {@link VectorClip#clip} is written out: of our own
     * methods the compiler would inline no more here.
     */
    private void hard(int b, int i, int column, int tile, float[] alpha, int alphaTile) {
        float[] y = m.y;
        float[] g = d.g;
        float[] steps = s.steps;
        float[] w = d.w;
        float[] hebb = first[b].hebb();
        int past = m.nextRow();
        IntVector limit = VectorClip.limit(bound);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector w0 = FloatVector.fromArray(LANES, w, tile);
        FloatVector w1 = FloatVector.fromArray(LANES, w, tile + STRIP);
        FloatVector w2 = FloatVector.fromArray(LANES, w, tile + 2 * STRIP);
        FloatVector w3 = FloatVector.fromArray(LANES, w, tile + 3 * STRIP);
        FloatVector a0 = FloatVector.fromArray(LANES, alpha, alphaTile);
        FloatVector a1 = FloatVector.fromArray(LANES, alpha, alphaTile + STRIP);
        FloatVector a2 = FloatVector.fromArray(LANES, alpha, alphaTile + 2 * STRIP);
        FloatVector a3 = FloatVector.fromArray(LANES, alpha, alphaTile + 3 * STRIP);
        FloatVector h0 = FloatVector.fromArray(LANES, hebb, tile);
        FloatVector h1 = FloatVector.fromArray(LANES, hebb, tile + STRIP);
        FloatVector h2 = FloatVector.fromArray(LANES, hebb, tile + 2 * STRIP);
        FloatVector h3 = FloatVector.fromArray(LANES, hebb, tile + 3 * STRIP);
        int rows = m.row(0, b) + i;
        int columns = m.row(1, b) + column;
        int count = m.steps;
        for (int t = 0; t < count; t++) {
            int xp = (rows + t * past) & PLACES;
            int vp = (columns + t * past) & PLACES;
            FloatVector gradient = FloatVector.fromArray(LANES, g, vp);
            FloatVector step = FloatVector.fromArray(LANES, steps, vp);
            FloatVector x0 = FloatVector.broadcast(LANES, y[xp]);
            FloatVector x1 = FloatVector.broadcast(LANES, y[xp + 1]);
            FloatVector x2 = FloatVector.broadcast(LANES, y[xp + 2]);
            FloatVector x3 = FloatVector.broadcast(LANES, y[xp + 3]);
            FloatVector p0 = x0.mul(gradient);
            w0 = w0.add(p0);
            a0 = h0.fma(p0, a0);
            IntVector bits0 = step.fma(x0, h0).reinterpretAsInts();
            IntVector size0 = bits0.and(magnitude);
            h0 = size0.min(limit).or(bits0.lanewise(VectorOperators.XOR, size0)).reinterpretAsFloats();
            FloatVector p1 = x1.mul(gradient);
            w1 = w1.add(p1);
            a1 = h1.fma(p1, a1);
            IntVector bits1 = step.fma(x1, h1).reinterpretAsInts();
            IntVector size1 = bits1.and(magnitude);
            h1 = size1.min(limit).or(bits1.lanewise(VectorOperators.XOR, size1)).reinterpretAsFloats();
            FloatVector p2 = x2.mul(gradient);
            w2 = w2.add(p2);
            a2 = h2.fma(p2, a2);
            IntVector bits2 = step.fma(x2, h2).reinterpretAsInts();
            IntVector size2 = bits2.and(magnitude);
            h2 = size2.min(limit).or(bits2.lanewise(VectorOperators.XOR, size2)).reinterpretAsFloats();
            FloatVector p3 = x3.mul(gradient);
            w3 = w3.add(p3);
            a3 = h3.fma(p3, a3);
            IntVector bits3 = step.fma(x3, h3).reinterpretAsInts();
            IntVector size3 = bits3.and(magnitude);
            h3 = size3.min(limit).or(bits3.lanewise(VectorOperators.XOR, size3)).reinterpretAsFloats();
        }
        w0.intoArray(w, tile);
        w1.intoArray(w, tile + STRIP);
        w2.intoArray(w, tile + 2 * STRIP);
        w3.intoArray(w, tile + 3 * STRIP);
        a0.intoArray(alpha, alphaTile);
        a1.intoArray(alpha, alphaTile + STRIP);
        a2.intoArray(alpha, alphaTile + 2 * STRIP);
        a3.intoArray(alpha, alphaTile + 3 * STRIP);
    }

    /** Two rows at a time: four would be too much code. */
    private void soft(int b, int i, int column, int tile, float[] alpha, int alphaTile) {
        float[] y = m.y;
        float[] g = d.g;
        float[] steps = s.steps;
        float[] w = d.w;
        int past = m.nextRow();
        float[] hebb = first[b].hebb();
        IntVector limit = VectorClip.limit(bound);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector w0 = FloatVector.fromArray(LANES, w, tile);
        FloatVector w1 = FloatVector.fromArray(LANES, w, tile + STRIP);
        FloatVector a0 = FloatVector.fromArray(LANES, alpha, alphaTile);
        FloatVector a1 = FloatVector.fromArray(LANES, alpha, alphaTile + STRIP);
        FloatVector h0 = FloatVector.fromArray(LANES, hebb, tile);
        FloatVector h1 = FloatVector.fromArray(LANES, hebb, tile + STRIP);
        FloatVector bounds = FloatVector.broadcast(LANES, bound);
        int xp = m.row(0, b) + i;
        int vp = m.row(1, b) + column;
        for (int t = 1; t <= m.steps; t++, xp += past, vp += past) {
            FloatVector gradient = FloatVector.fromArray(LANES, g, vp);
            FloatVector step = FloatVector.fromArray(LANES, steps, vp);
            FloatVector x0 = FloatVector.broadcast(LANES, y[xp]);
            FloatVector x1 = FloatVector.broadcast(LANES, y[xp + 1]);
            FloatVector xg0 = x0.mul(gradient);
            FloatVector xg1 = x1.mul(gradient);
            w0 = w0.add(xg0);
            w1 = w1.add(xg1);
            a0 = h0.fma(xg0, a0);
            a1 = h1.fma(xg1, a1);
            h0 = VectorClip.clip(VectorBoundedForward.softened(h0, step.mul(x0), bounds), limit, magnitude);
            h1 = VectorClip.clip(VectorBoundedForward.softened(h1, step.mul(x1), bounds), limit, magnitude);
        }
        w0.intoArray(w, tile);
        w1.intoArray(w, tile + STRIP);
        a0.intoArray(alpha, alphaTile);
        a1.intoArray(alpha, alphaTile + STRIP);
    }

    /** Two rows at a time: four would be too much code. */
    private void retroactive(int b, int i, int column, int tile, float[] alpha, int alphaTile) {
        float[] y = m.y;
        float[] g = d.g;
        float[] steps = s.steps;
        float[] w = d.w;
        int past = m.nextRow();
        float[] hebb = first[b].hebb();
        float[] eligibility = first[b].eligibility();
        IntVector limit = VectorClip.limit(bound);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector w0 = FloatVector.fromArray(LANES, w, tile);
        FloatVector w1 = FloatVector.fromArray(LANES, w, tile + STRIP);
        FloatVector a0 = FloatVector.fromArray(LANES, alpha, alphaTile);
        FloatVector a1 = FloatVector.fromArray(LANES, alpha, alphaTile + STRIP);
        FloatVector h0 = FloatVector.fromArray(LANES, hebb, tile);
        FloatVector h1 = FloatVector.fromArray(LANES, hebb, tile + STRIP);
        FloatVector e0 = FloatVector.fromArray(LANES, eligibility, tile);
        FloatVector e1 = FloatVector.fromArray(LANES, eligibility, tile + STRIP);
        FloatVector fading = FloatVector.broadcast(LANES, keep);
        float[] signal = s.signal;
        int xp = m.row(0, b) + i;
        int vp = m.row(1, b) + column;
        for (int t = 1; t <= m.steps; t++, xp += past, vp += past) {
            FloatVector gradient = FloatVector.fromArray(LANES, g, vp);
            FloatVector step = FloatVector.fromArray(LANES, steps, vp);
            FloatVector x0 = FloatVector.broadcast(LANES, y[xp]);
            FloatVector x1 = FloatVector.broadcast(LANES, y[xp + 1]);
            FloatVector xg0 = x0.mul(gradient);
            FloatVector xg1 = x1.mul(gradient);
            w0 = w0.add(xg0);
            w1 = w1.add(xg1);
            a0 = h0.fma(xg0, a0);
            a1 = h1.fma(xg1, a1);
            FloatVector modulator = FloatVector.broadcast(LANES, signal[s.signalAt(t, b)]);
            h0 = VectorClip.clip(modulator.fma(e0, h0), limit, magnitude);
            h1 = VectorClip.clip(modulator.fma(e1, h1), limit, magnitude);
            e0 = step.fma(x0, e0.mul(fading));
            e1 = step.fma(x1, e1.mul(fading));
        }
        w0.intoArray(w, tile);
        w1.intoArray(w, tile + STRIP);
        a0.intoArray(alpha, alphaTile);
        a1.intoArray(alpha, alphaTile + STRIP);
    }
}
