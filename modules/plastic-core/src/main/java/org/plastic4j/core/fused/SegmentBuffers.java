package org.plastic4j.core.fused;

/**
 * What going back through one segment of K steps needs beside the matrices; docs/math.md says what it means. A step is
 * counted from the segment's first here, k = 0 .. K-1.
 */
final class SegmentBuffers {
    /** Steps in a segment. */
    static final int RANK = LifetimeBuffers.RANK;
    /** Rows that are taken together: their parts of three matrices fit into the nearest cache. */
    static final int ROWS = 16;

    /** Pairs of different steps. */
    static final int PAIRS = RANK * (RANK - 1) / 2;
    /** Sums over rows for one lifetime: of A x x, of G x, of A H x and of G H. */
    private static final int SUMS = PAIRS + RANK + RANK - 1 + 1;

    private final int columns;
    private final int panels;

    /** keep of every step of the segment, [B, K, columns]. */
    final float[] keep;
    /** Late pairs of G beside its base: scale [B, columns] and q [B, K, columns]. */
    final float[] scale;

    final float[] q;
    /** The same of the trace at the current step. */
    final float[] traceScale;

    final float[] traceQ;
    /** Column coefficients of a sweep: for the base trace, then for each pair, [B, K, columns]. */
    final float[] sweep;
    /** Coefficients of what the sweeps of the segment ask of G's base, [B, K, columns]. */
    final float[] baseGain;
    /** Sums over a panel's columns of G's base with them, [B, panels, K, columns]. */
    final float[] baseRows;
    /** Sums over rows, [B, SUMS, columns]. */
    final float[] sums;
    /** What is asked of a step's output: as next step's input, through gain, through keep; [B, columns] each. */
    final float[] asked;

    final float[] gainAsked;
    final float[] keepAsked;
    /** The gradient of eta by column, since the segment was entered. */
    final float[] eta;

    SegmentBuffers(LifetimeBuffers m) {
        columns = m.layout.columns;
        panels = m.layout.panels;
        int vectors = Math.multiplyExact(m.batch, columns);
        int factors = PanelLayout.padded(Math.multiplyExact(vectors, RANK));
        keep = new float[factors];
        scale = new float[vectors];
        q = new float[factors];
        traceScale = new float[vectors];
        traceQ = new float[factors];
        sweep = new float[factors];
        baseGain = new float[factors];
        baseRows = new float[Math.multiplyExact(Math.multiplyExact(vectors, RANK), panels)];
        sums = new float[PanelLayout.padded(Math.multiplyExact(vectors, SUMS))];
        asked = new float[vectors];
        gainAsked = new float[vectors];
        keepAsked = new float[vectors];
        eta = new float[vectors];
    }

    /** Where the vector of step k of lifetime b begins in those of a segment. */
    int step(int b, int k) {
        return PanelLayout.START + (b * RANK + k) * columns;
    }

    /** Where the row sums begin that the sweep of step k takes from G's base. */
    int baseRow(int b, int panel, int k) {
        return ((b * panels + panel) * RANK + k) * columns;
    }

    /** Which of a lifetime's sums is {@code sum_i A x(k) x(l)}, k < l. */
    static int pair(int k, int l) {
        return l * (l - 1) / 2 + k;
    }

    /** Which is {@code sum_i G x(k)} with G's base. */
    static int base(int k) {
        return PAIRS + k;
    }

    /** Which is {@code sum_i A H x(k)}, k > 0, with the segment's first trace. */
    static int trace(int k) {
        return PAIRS + RANK + k - 1;
    }

    /** Which is {@code sum_i G H}, with both bases. */
    static int baseTrace() {
        return SUMS - 1;
    }

    /** Where such sums begin. */
    int sum(int b, int which) {
        return PanelLayout.START + (b * SUMS + which) * columns;
    }

    /** Where the sums of a lifetime end. */
    int sumsPerLifetime() {
        return SUMS;
    }
}
