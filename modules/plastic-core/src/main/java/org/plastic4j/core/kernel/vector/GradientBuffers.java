package org.plastic4j.core.kernel.vector;

import org.plastic4j.core.cell.Alpha;

/** The fast kernel's memory for gradients. */
final class GradientBuffers {
    /** The gradient of y as it came in, [T, B, n]. */
    final float[] yGradient;
    /** g(0) .. g(T), the gradients of the pre-activations, each [B, columns]; g(0) stays zero. */
    final float[] g;
    /** The gradient of the trace G, a matrix for each lifetime that is held, transposed. */
    final float[] trace;

    /** What the backward pass through a chunk of a decaying trace needs beside these. */
    final ChunkBuffers chunk;
    /** The gradient of eta by lifetime and panel. */
    final double[] eta;
    /** The gradient of a shared alpha by column unit. */
    final double[] sharedAlpha;
    /** Where a tile of it is gathered, for each column unit. */
    final float[] sharedTile;

    /** In the place of W, which nothing reads any more when it is formed. */
    final float[] w;

    final float[] alpha;
    /**
     * A as the backward pass reads it, in the place of its gradient, which is formed when the backward pass is over; that of a
     * shared one is the same.
     */
    final float[] transposedAlpha;
    /** The gradient of y(0), [B, columns]. */
    final float[] y0;

    /**
     * Traces at the beginning of chunks of RANK steps, that of the first one first, as {@link ReplayPlan} has it;
     * transposed. Those after the first are made when they are first needed.
     */
    final float[][] checkpoints;

    private final float[] noTrace;
    private final int traces;
    /** The first of all where one is given, made when it first is. */
    private float[] given;

    GradientBuffers(LifetimeBuffers m) {
        PanelLayout layout = m.layout;
        int vectors = m.batch * layout.columns;
        traces = m.isPlastic() ? Math.multiplyExact(m.held, m.size) : 0;
        yGradient = new float[m.steps * m.batch * m.n];
        g = new float[m.y.length];
        trace = new float[traces];
        chunk = new ChunkBuffers(m);
        eta = new double[m.batch * layout.panels];
        sharedAlpha = new double[layout.columns];
        sharedTile = new float[layout.columns * PanelLayout.ROW_UNIT];
        w = m.w;
        alpha = new float[m.alphaKind == Alpha.PER_CONNECTION ? m.size : 0];
        transposedAlpha = m.alphaKind == Alpha.PER_CONNECTION ? alpha : m.alpha;
        y0 = new float[vectors];

        int chunks = m.chunks();
        checkpoints = new float[ReplayPlan.checkpoints(chunks, traces)][];
        noTrace = m.noTrace;
    }

    /**
     * Makes the first checkpoint a matrix to be filled, or none.
     *
     * @param reverses whether the others are recomputed without checkpoints
     */
    void begin(boolean hasTrace, boolean reverses) {
        for (int k = 1; k < checkpoints.length && !reverses; k++) {
            if (checkpoints[k] == null) {
                checkpoints[k] = new float[traces];
            }
        }
        if (hasTrace && given == null) {
            given = new float[traces];
        }
        checkpoints[0] = hasTrace ? given : noTrace;
    }
}
