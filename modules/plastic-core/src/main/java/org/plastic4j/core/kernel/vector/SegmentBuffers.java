package org.plastic4j.core.kernel.vector;

/**
 * What going back through one segment of K steps needs beside the matrices; docs/math.md says what it means. A step is
 * counted from the segment's first here, k = 0 .. K-1.
 */
final class SegmentBuffers {
    /** Steps in a segment. */
    static final int RANK = LifetimeBuffers.RANK;

    /** Pairs of different steps. */
    static final int PAIRS = RANK * (RANK - 1) / 2;
    /** Sums over rows for one lifetime: of A x x, of G x, of A H x and of G H. */
    private static final int SUMS = PAIRS + RANK + RANK - 1 + 1;

    private final int batch;
    private final int columns;
    private final int strip;
    /** From one of the sums to the next. */
    final int nextSum;

    // Vectors of a segment's steps stand side by side for each strip: [B, strips, K, STRIP].

    /** keep of every step of the segment. */
    final float[] keep;
    /** Late pairs of G beside its base: scale [B, columns], and q. */
    final float[] scale;

    final float[] q;
    /** The same of the trace at the current step, where it does not follow from eta alone. */
    final float[] traceScale;

    final float[] traceQ;
    /** x of each step of the segment entered. */
    final float[] inputs;
    /** What the sweep of each step gets beside its own sums: from G's base, and from pairs summed up before. */
    final float[] beside;
    /** Factors of a sweep: of W, of the base trace, then of each pair; two steps' worth of a set for each lifetime. */
    final RowFactors sweep;
    /** Factors of G's base and of its late pairs when a segment is left, a set for each lifetime. */
    final RowFactors left;
    /** Factors of what the sweeps of the segment ask of G's base, a set for each lifetime. */
    final RowFactors gain;
    /** Sums over rows, [B, SUMS, columns]. */
    final float[] sums;
    /** What is asked of a step's output, [B, columns]: as next step's input, then also through the trace. */
    final float[] asked;

    /** The same through gain and through keep, which Oja's rule needs apart. */
    final float[] gainAsked;

    final float[] keepAsked;
    /** The gradient of eta by column, since the segment was entered. */
    final float[] eta;

    SegmentBuffers(LifetimeBuffers m) {
        batch = m.batch;
        columns = m.layout.columns;
        strip = m.layout.strip;
        nextSum = PanelLayout.apart(columns);
        int vectors = Math.multiplyExact(m.batch, columns);
        int factors = PanelLayout.padded(Math.multiplyExact(vectors, RANK));
        keep = new float[factors];
        scale = new float[vectors];
        q = new float[factors];
        traceScale = new float[vectors];
        traceQ = new float[factors];
        inputs = new float[factors];
        beside = new float[factors];
        sweep = new RowFactors(m, 2 * m.batch);
        left = new RowFactors(m, m.batch);
        gain = new RowFactors(m, m.batch);
        sums = new float[PanelLayout.padded(Math.multiplyExact(m.batch * SUMS, nextSum))];
        asked = new float[vectors];
        gainAsked = new float[vectors];
        keepAsked = new float[vectors];
        eta = new float[vectors];
    }

    /** Where the vector of step k begins, for a strip of lifetime b. */
    int step(int b, int column, int k) {
        return PanelLayout.START + (b * columns + column) * RANK + k * strip;
    }

    /** The set of factors of the sweep of step t. */
    int sweepSet(int t, int b) {
        return (t & 1) * batch + b;
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
        return PanelLayout.START + (b * SUMS + which) * nextSum;
    }
}
