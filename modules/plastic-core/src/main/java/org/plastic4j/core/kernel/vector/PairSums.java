package org.plastic4j.core.kernel.vector;

/**
 * The sums over rows {@code sum_i A x(k) x(l)} of all pairs of a segment's steps, k < l, as the forward pass has formed
 * them: the way back asks for the very same.
 */
final class PairSums {
    /** More numbers are not kept; they are formed again instead. */
    private static final long MOST = 1L << 23;

    private final int batch;
    private final int next;
    /** Columns of two strips. */
    private final int width;

    private final float[] values;

    private PairSums(LifetimeBuffers m, int segments) {
        batch = m.batch;
        next = m.layout.columns;
        width = m.layout.pair;
        values = new float[PanelLayout.padded(Math.multiplyExact(segments * batch * SegmentBuffers.PAIRS, next))];
    }

    /** Room for those of all segments, or null where that would be too much. */
    static PairSums of(LifetimeBuffers m) {
        int segments = m.segments();
        long numbers = (long) segments * m.batch * SegmentBuffers.PAIRS * m.layout.columns;
        return m.isPlastic() && numbers <= MOST ? new PairSums(m, segments) : null;
    }

    private int at(int first, int b, int pair) {
        int segment = (first - 1) / LifetimeBuffers.RANK;
        return PanelLayout.START + ((segment * batch + b) * SegmentBuffers.PAIRS + pair) * next;
    }

    /** Keeps those of step t with the steps before it in its segment, for two strips, from what its sweep has summed up. */
    void keep(int t, int before, int b, int column, float[] sums) {
        for (int k = 0; k < before; k++) {
            int to = at(t - before, b, SegmentBuffers.pair(k, before)) + column;
            System.arraycopy(sums, PanelLayout.START + (2 + k) * width, values, to, width);
        }
    }

    /** Those of the segment that begins with step {@code first}, for a panel's columns. */
    void take(int first, int b, int panel, LifetimeBuffers m, SegmentBuffers s) {
        for (int pair = 0; pair < SegmentBuffers.PAIRS; pair++) {
            int column = m.layout.start(panel);
            System.arraycopy(
                    values, at(first, b, pair) + column, s.sums, s.sum(b, pair) + column, m.layout.width(panel));
        }
    }
}
