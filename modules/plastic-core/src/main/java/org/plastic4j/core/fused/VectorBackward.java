package org.plastic4j.core.fused;

import static org.plastic4j.core.fused.VectorForward.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * The backward loops of the fast kernel over one panel: one sweep over the matrices for each step. With G(t) the
 * gradient of H(t) and g(t) that of pre(t), the sweep of step t takes up what step t + 1 left and prepares step t:
 *
 * <pre>
 * G(t+1)  = keep(t+1) G(t+2) + alpha * y(t)^T g(t+1)
 * rows:     sum_j (W + alpha H(t+1)) g(t+1) + G(t+2) gain(t+1)      asked of y(t) as pre-synaptic activity
 * columns:  sum_i G(t+1) y(t-1),  sum_i G(t+1) H(t)                 asked of y(t) through gain(t) and keep(t)
 * </pre>
 *
 * H and G are both held as a matrix in memory and up to K updates beside it.
 */
final class VectorBackward {
    private VectorBackward() {}

    /**
     * One step's sweep.
     *
     * @param first the first step of the segment, whose trace {@code source} is
     * @param late how many updates of G are held beside it
     * @param store whether G(t+1) is written to memory
     * @param scratch room for twice four rows of a panel, and two vectors
     */
    static void plastic(
            LifetimeBuffers m,
            int panel,
            int t,
            float[] source,
            int first,
            int late,
            boolean store,
            int from,
            int to,
            float[] scratch) {
        GradientBuffers d = m.gradients();
        PanelLayout layout = m.layout;
        int width = layout.width(panel);
        int start = layout.start(panel);
        int now = Math.max(t, 1);
        int past = m.batch * layout.columns;
        int updates = PanelLayout.ROW_UNIT * width;
        for (int i = 0; i < layout.rows; i += PanelLayout.ROW_UNIT) {
            int matrix = layout.offset(panel) + i * width;
            for (int b = from; b < to; b++) {
                int q = m.factor(b, 0) + start;
                int columns = layout.columns;
                sumOfProducts(m.y, m.row(first - 1, b) + i, past, now - first, m.q, q, columns, width, scratch, 0);
                sumOfProducts(m.y, m.row(t + late, b) + i, -past, late, d.q, q, columns, width, scratch, updates);
                for (int r = 0; r < PanelLayout.ROW_UNIT; r++) {
                    row(m, d, panel, t, b, i + r, matrix + r * width, source, store, scratch, r * width);
                }
            }
        }
    }

    /** {@code sum_k x_k[i] q_k[j]} for four rows i and the columns j of a panel. */
    private static void sumOfProducts(
            float[] y, int x, int xStep, int rank, float[] q, int qAt, int qStep, int width, float[] into, int at) {
        for (int c = 0; c < width; c += LANES.length()) {
            FloatVector sum0 = FloatVector.zero(LANES);
            FloatVector sum1 = FloatVector.zero(LANES);
            FloatVector sum2 = FloatVector.zero(LANES);
            FloatVector sum3 = FloatVector.zero(LANES);
            int xp = x;
            int qp = qAt + c;
            for (int k = 0; k < rank; k++, xp += xStep, qp += qStep) {
                FloatVector factor = FloatVector.fromArray(LANES, q, qp);
                sum0 = factor.fma(FloatVector.broadcast(LANES, y[xp]), sum0);
                sum1 = factor.fma(FloatVector.broadcast(LANES, y[xp + 1]), sum1);
                sum2 = factor.fma(FloatVector.broadcast(LANES, y[xp + 2]), sum2);
                sum3 = factor.fma(FloatVector.broadcast(LANES, y[xp + 3]), sum3);
            }
            sum0.intoArray(into, at + c);
            sum1.intoArray(into, at + width + c);
            sum2.intoArray(into, at + 2 * width + c);
            sum3.intoArray(into, at + 3 * width + c);
        }
    }

    /** One row of a panel, whose updates of H and G stand in the scratch. */
    private static void row(
            LifetimeBuffers m,
            GradientBuffers d,
            int panel,
            int t,
            int b,
            int i,
            int row,
            float[] source,
            boolean store,
            float[] scratch,
            int updates) {
        PanelLayout layout = m.layout;
        int width = layout.width(panel);
        int vector = b * layout.columns + layout.start(panel);
        int matrix = b * m.size + row;
        int alphaRow = m.alphaRow(panel, i);
        int traceUpdates = PanelLayout.ROW_UNIT * width + updates;
        int gNext = m.row(t == m.steps ? 0 : t + 1, b) + layout.start(panel);
        float[] w = m.w;
        float[] alpha = m.alpha;
        float[] trace = d.trace;
        FloatVector before = FloatVector.broadcast(LANES, m.y[m.row(Math.max(t, 1) - 1, b) + i]);
        FloatVector x = FloatVector.broadcast(LANES, m.y[m.row(t, b) + i]);
        FloatVector total = FloatVector.zero(LANES);
        for (int c = 0; c < width; c += LANES.length()) {
            FloatVector a = FloatVector.fromArray(LANES, alpha, alphaRow + c);
            FloatVector g = FloatVector.fromArray(LANES, d.g, gNext + c);
            FloatVector hebb = FloatVector.fromArray(LANES, m.scale, vector + c)
                    .fma(
                            FloatVector.fromArray(LANES, source, matrix + c),
                            FloatVector.fromArray(LANES, scratch, updates + c));
            FloatVector next = FloatVector.fromArray(LANES, d.keepNow, vector + c)
                    .fma(hebb, before.mul(FloatVector.fromArray(LANES, d.gainNow, vector + c)));
            FloatVector after = a.fma(
                    FloatVector.fromArray(LANES, scratch, traceUpdates + c),
                    FloatVector.fromArray(LANES, d.scale, vector + c)
                            .mul(FloatVector.fromArray(LANES, trace, matrix + c)));
            total = a.fma(next, FloatVector.fromArray(LANES, w, row + c)).fma(g, total);
            total = after.fma(FloatVector.fromArray(LANES, d.gainNext, vector + c), total);
            FloatVector now =
                    FloatVector.fromArray(LANES, d.keepNext, vector + c).fma(after, a.mul(x.mul(g)));
            if (store) {
                now.intoArray(trace, matrix + c);
            }
            now.fma(before, FloatVector.fromArray(LANES, d.gain, vector + c)).intoArray(d.gain, vector + c);
            now.fma(hebb, FloatVector.fromArray(LANES, d.keep, vector + c)).intoArray(d.keep, vector + c);
        }
        int lanes = 2 * PanelLayout.ROW_UNIT * width;
        total.intoArray(scratch, lanes);
        d.rowSums[d.rowSum(m, t, b, panel) + i] = sum(scratch, lanes);
    }

    /** The same for a layer without plasticity: {@code rows: sum_j W g(t+1)}. */
    static void fixed(LifetimeBuffers m, int panel, int t, int from, int to, float[] lanes) {
        GradientBuffers d = m.gradients();
        PanelLayout layout = m.layout;
        int width = layout.width(panel);
        for (int i = 0; i < layout.rows; i++) {
            int wRow = layout.offset(panel) + i * width;
            for (int b = from; b < to; b++) {
                FloatVector total = FloatVector.zero(LANES);
                int gNext = m.row(t == m.steps ? 0 : t + 1, b) + layout.start(panel);
                for (int c = 0; c < width; c += LANES.length()) {
                    total = FloatVector.fromArray(LANES, m.w, wRow + c)
                            .fma(FloatVector.fromArray(LANES, d.g, gNext + c), total);
                }
                total.intoArray(lanes, 0);
                d.rowSums[d.rowSum(m, t, b, panel) + i] = sum(lanes, 0);
            }
        }
    }

    /** One fixed order: a reduction by the vector unit may be formed in another before the code is compiled. */
    private static float sum(float[] lanes, int from) {
        float sum = 0;
        for (int lane = 0; lane < LANES.length(); lane++) {
            sum += lanes[from + lane];
        }
        return sum;
    }
}
