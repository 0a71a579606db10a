package org.plastic4j.core.kernel.vector;

/**
 * The sums over rows {@code sum_i A x(k) x(l)} of all pairs of a chunk's steps, k < l, as the forward pass has formed
 * them: the backward pass needs the very same.
 */
final class PairSums {
    /** More are not stored; they are recomputed instead. */
    private static final long MOST = 1L << 23;

    private final int batch;
    private final int next;
    /** Columns of two column blocks. */
    private final int width;

    private final float[] values;

    private PairSums(LifetimeBuffers m, int chunks) {
        batch = m.batch;
        next = m.layout.columns;
        width = m.layout.pair;
        values = new float[PanelLayout.padded(Math.multiplyExact(chunks * batch * ChunkBuffers.PAIRS, next))];
    }

    /** Room for those of all chunks, or null where that would be too much. */
    static PairSums of(LifetimeBuffers m) {
        int chunks = m.chunks();
        long elements = (long) chunks * m.batch * ChunkBuffers.PAIRS * m.layout.columns;
        return m.isPlastic() && elements <= MOST ? new PairSums(m, chunks) : null;
    }

    private int at(int first, int b, int pair) {
        int chunk = (first - 1) / LifetimeBuffers.RANK;
        return PanelLayout.START + ((chunk * batch + b) * ChunkBuffers.PAIRS + pair) * next;
    }

    /** Stores those of step t with the steps before it in its chunk, for two column blocks, from the sums of its fused pass. */
    void store(int t, int before, int b, int column, float[] sums) {
        for (int k = 0; k < before; k++) {
            int to = at(t - before, b, ChunkBuffers.pair(k, before)) + column;
            System.arraycopy(sums, PanelLayout.START + (2 + k) * width, values, to, width);
        }
    }

    /** Those of the chunk that begins with step {@code first}, for a panel's columns. */
    void take(int first, int b, int panel, LifetimeBuffers m, ChunkBuffers s) {
        for (int pair = 0; pair < ChunkBuffers.PAIRS; pair++) {
            int column = m.layout.start(panel);
            System.arraycopy(
                    values, at(first, b, pair) + column, s.sums, s.sum(b, pair) + column, m.layout.width(panel));
        }
    }
}
