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
    private static final int ROWS_AT_ONCE = 2;

    private VectorBackward() {}

    /**
     * One step's sweep.
     *
     * @param first the first step of the segment, whose trace {@code source} is
     * @param late how many updates of G are held beside it
     * @param store whether G(t+1) is written to memory
     * @param lanes scratch of two vectors
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
            float[] lanes) {
        GradientBuffers d = m.gradients();
        PanelLayout layout = m.layout;
        int width = layout.width(panel);
        int start = layout.start(panel);
        int columns = layout.columns;
        int past = m.batch * columns;
        int now = Math.max(t, 1);
        int rank = now - first;
        float[] y = m.y;
        float[] w = m.w;
        float[] alpha = m.alpha;
        float[] trace = d.trace;
        int aStep = m.alphaStep(panel);
        for (int i = 0; i < layout.rows; i += ROWS_AT_ONCE) {
            int wRow = layout.offset(panel) + i * width;
            int aRow = m.alphaRow(panel, i);
            for (int b = from; b < to; b++) {
                FloatVector before0 = FloatVector.broadcast(LANES, y[m.row(now - 1, b) + i]);
                FloatVector before1 = FloatVector.broadcast(LANES, y[m.row(now - 1, b) + i + 1]);
                FloatVector x0 = FloatVector.broadcast(LANES, y[m.row(t, b) + i]);
                FloatVector x1 = FloatVector.broadcast(LANES, y[m.row(t, b) + i + 1]);
                FloatVector sum0 = FloatVector.zero(LANES);
                FloatVector sum1 = FloatVector.zero(LANES);
                int vector = b * columns + start;
                int matrix = b * m.size + wRow;
                int factors = m.factor(b, 0) + start;
                int oldest = m.row(first - 1, b) + i;
                int latest = m.row(t + late, b) + i;
                int gNext = m.row(t == m.steps ? 0 : t + 1, b) + start;
                for (int c = 0; c < width; c += LANES.length()) {
                    FloatVector scale = FloatVector.fromArray(LANES, m.scale, vector + c);
                    FloatVector h0 = scale.mul(FloatVector.fromArray(LANES, source, matrix + c));
                    FloatVector h1 = scale.mul(FloatVector.fromArray(LANES, source, matrix + width + c));
                    int xp = oldest;
                    int qp = factors + c;
                    for (int k = 0; k < rank; k++, xp += past, qp += columns) {
                        FloatVector q = FloatVector.fromArray(LANES, m.q, qp);
                        h0 = q.fma(FloatVector.broadcast(LANES, y[xp]), h0);
                        h1 = q.fma(FloatVector.broadcast(LANES, y[xp + 1]), h1);
                    }
                    FloatVector u0 = FloatVector.zero(LANES);
                    FloatVector u1 = FloatVector.zero(LANES);
                    xp = latest;
                    qp = factors + c;
                    for (int k = 0; k < late; k++, xp -= past, qp += columns) {
                        FloatVector q = FloatVector.fromArray(LANES, d.q, qp);
                        u0 = q.fma(FloatVector.broadcast(LANES, y[xp]), u0);
                        u1 = q.fma(FloatVector.broadcast(LANES, y[xp + 1]), u1);
                    }
                    FloatVector traceScale = FloatVector.fromArray(LANES, d.scale, vector + c);
                    FloatVector a0 = FloatVector.fromArray(LANES, alpha, aRow + c);
                    FloatVector a1 = FloatVector.fromArray(LANES, alpha, aRow + aStep + c);
                    u0 = a0.fma(u0, traceScale.mul(FloatVector.fromArray(LANES, trace, matrix + c)));
                    u1 = a1.fma(u1, traceScale.mul(FloatVector.fromArray(LANES, trace, matrix + width + c)));

                    FloatVector keepNow = FloatVector.fromArray(LANES, d.keepNow, vector + c);
                    FloatVector gainNow = FloatVector.fromArray(LANES, d.gainNow, vector + c);
                    FloatVector g = FloatVector.fromArray(LANES, d.g, gNext + c);
                    FloatVector gainNext = FloatVector.fromArray(LANES, d.gainNext, vector + c);
                    FloatVector next0 = keepNow.fma(h0, before0.mul(gainNow));
                    FloatVector next1 = keepNow.fma(h1, before1.mul(gainNow));
                    FloatVector weight0 = a0.fma(next0, FloatVector.fromArray(LANES, w, wRow + c));
                    FloatVector weight1 = a1.fma(next1, FloatVector.fromArray(LANES, w, wRow + width + c));
                    sum0 = u0.fma(gainNext, weight0.fma(g, sum0));
                    sum1 = u1.fma(gainNext, weight1.fma(g, sum1));

                    FloatVector keepNext = FloatVector.fromArray(LANES, d.keepNext, vector + c);
                    u0 = keepNext.fma(u0, a0.mul(x0.mul(g)));
                    u1 = keepNext.fma(u1, a1.mul(x1.mul(g)));
                    if (store) {
                        u0.intoArray(trace, matrix + c);
                        u1.intoArray(trace, matrix + width + c);
                    }
                    u1.fma(before1, u0.fma(before0, FloatVector.fromArray(LANES, d.gain, vector + c)))
                            .intoArray(d.gain, vector + c);
                    u1.fma(h1, u0.fma(h0, FloatVector.fromArray(LANES, d.keep, vector + c)))
                            .intoArray(d.keep, vector + c);
                }
                int sums = d.rowSum(m, t, b, panel) + i;
                sum0.intoArray(lanes, 0);
                sum1.intoArray(lanes, LANES.length());
                d.rowSums[sums] = sum(lanes, 0);
                d.rowSums[sums + 1] = sum(lanes, LANES.length());
            }
        }
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
