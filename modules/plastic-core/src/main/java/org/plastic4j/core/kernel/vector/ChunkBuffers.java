package org.plastic4j.core.kernel.vector;

/**
 * What going back through one chunk of K steps needs beside the matrices; docs/math.md says what it means. A step is
 * counted from the chunk's first here, k = 0 .. K-1.
 */
final class ChunkBuffers {
    /** Steps in a chunk. */
    static final int RANK = LifetimeBuffers.RANK;

    /** Pairs of different steps. */
    static final int PAIRS = RANK * (RANK - 1) / 2;
    /** Sums over rows for one lifetime: of A x x, of G x, of A H x and of G H. */
    private static final int SUMS = PAIRS + RANK + RANK - 1 + 1;

    private final int batch;
    private final int columns;
    private final int blockWidth;
    /** From one of the sums to the next. */
    final int nextSum;

    // Vectors of a chunk's steps stand side by side for each column block: [B, columnBlocks, K, BLOCK_WIDTH].

    /** The decay factor of every step of the chunk. */
    final float[] decayFactor;
    /** Late pairs of G beside its base: scale [B, columns], and q. */
    final float[] scale;

    final float[] q;
    /** The same of the trace at the current step, where it does not follow from eta alone. */
    final float[] traceScale;

    final float[] traceQ;
    /** x of each step of the chunk entered. */
    final float[] inputs;
    /** What the fused pass of each step gets beside its own sums: from G at the chunk boundary, and from pairs reduced before. */
    final float[] beside;
    /** Factors of a fused pass: of W, of the base trace, then of each pair; two steps' worth of a set for each lifetime. */
    final RowFactors passFactors;
    /** Factors of G at the chunk boundary and of its deferred pairs when a chunk is left, a set for each lifetime. */
    final RowFactors left;
    /** Factors of what the passes of the chunk take of G at the chunk boundary, a set for each lifetime. */
    final RowFactors writeStrength;
    /** Sums over rows, [B, SUMS, columns]. */
    final float[] sums;
    /** The gradient of a step's output, [B, columns]: as the next step's input, then also through the trace. */
    final float[] outputGradient;

    /** The same through the write strength and through the decay factor, which Oja's rule needs apart. */
    final float[] writeStrengthGradient;

    final float[] decayFactorGradient;
    /** The gradient of eta by column, since the chunk was entered. */
    final float[] eta;

    ChunkBuffers(LifetimeBuffers m) {
        batch = m.batch;
        columns = m.layout.columns;
        blockWidth = m.layout.blockWidth;
        nextSum = PanelLayout.apart(columns);
        int vectors = Math.multiplyExact(m.batch, columns);
        int factors = PanelLayout.padded(Math.multiplyExact(vectors, RANK));
        decayFactor = new float[factors];
        scale = new float[vectors];
        q = new float[factors];
        traceScale = new float[vectors];
        traceQ = new float[factors];
        inputs = new float[factors];
        beside = new float[factors];
        passFactors = new RowFactors(m, 2 * m.batch, new Scratch());
        left = new RowFactors(m, m.batch, new Scratch());
        writeStrength = new RowFactors(m, m.batch, new Scratch());
        sums = new float[PanelLayout.padded(Math.multiplyExact(m.batch * SUMS, nextSum))];
        outputGradient = new float[vectors];
        writeStrengthGradient = new float[vectors];
        decayFactorGradient = new float[vectors];
        eta = new float[vectors];
    }

    /** Where the vector of step k begins, for a column block of lifetime b. */
    int step(int b, int column, int k) {
        return PanelLayout.START + (b * columns + column) * RANK + k * blockWidth;
    }

    /** The set of factors of the fused pass of step t. */
    int passSet(int t, int b) {
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

    /** Which is {@code sum_i A H x(k)}, k > 0, with the chunk's first trace. */
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
