package org.plastic4j.core.fused;

import static org.plastic4j.core.fused.VectorForward.LANES;
import static org.plastic4j.core.fused.VectorForward.STRIP;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The backward loops of the fast kernel for traces that add up within a bound: one sweep over a panel of one lifetime
 * for each step. G(t) is the gradient of H(t), g(t) that of pre(t), C(t) what the bound lets pass of G(t): 0 where it
 * cut the trace off. In memory stands C(t+2), what step t + 1 left; the sweep of step t makes C(t+1) of it:
 *
 * <pre>
 * G(t+1)   = C(t+2) + alpha * x(t+1)^T g(t+1),  C(t+1) = G(t+1) where |H(t) + D(t)| &lt;= b, D(t) = x(t)^T r(t)
 * rows:      sum_j (W + alpha H(t+1)) g(t+1) + C(t+2) r(t+1)       asked of y(t) as pre-synaptic activity
 * columns:   sum_i C(t+1) x(t)                                     asked of r(t)
 * </pre>
 *
 * The other two forms differ as docs/math.md says.
 */
final class VectorBoundedBackward {
    private final BoundedBuffers s;
    private final LifetimeBuffers m;
    private final BoundedBuffers.Gradients d;
    private final BoundedTrace trace;
    private final float bound;
    private final float eta;
    /** The sums over columns of a panel, one vector for each row. */
    private final float[] rowTotals;

    VectorBoundedBackward(BoundedBuffers s, BoundedTrace trace, double bound, float eta) {
        this.s = s;
        m = s.m;
        d = s.gradients();
        this.trace = trace;
        this.bound = (float) bound;
        this.eta = eta;
        rowTotals = new float[PanelLayout.padded(m.layout.rows * PanelLayout.COLUMN_UNIT)];
    }

    /**
     * One step's sweep, in strips of one vector of columns.
     *
     * @param t from T to 0; 0 is what step 1 asks of the initial state
     * @param traces H(t), for t = 0 H(1)
     */
    void sweep(int panel, int t, int b, VectorBoundedReplay.Place traces) {
        Arrays.fill(rowTotals, 0f);
        for (int c = 0; c < m.layout.filled(panel); c += LANES.length()) {
            switch (trace) {
                case HARD -> hard(panel, c, t, b, traces);
                case SOFT -> soft(panel, c, t, b, traces);
                case RETROACTIVE -> retroactive(panel, c, t, b, traces);
            }
        }
        int sums = d.rowSums(t, b, panel, m);
        for (int i = 0; i < m.layout.rows; i++) {
            d.rowSums[sums + i] = VectorLanes.sum(rowTotals, totalOf(i));
        }
    }

    private static int totalOf(int row) {
        return PanelLayout.START + row * PanelLayout.COLUMN_UNIT;
    }

    /** Where y(t-1) begins; for t = 0 there is no such thing, and r(0) = 0 makes up for it. */
    private int before(int t, int b) {
        return m.row(Math.max(t, 1) - 1, b);
    }

    /** Where a column of r(t+1) and g(t+1) stands; past the end, zeros as in row 0. */
    private int next(int t, int b, int column) {
        return m.row(t == m.steps ? 0 : t + 1, b) + column;
    }

    /** Before the first step nothing was updated, not even cut off at the bound. */
    private IntVector limit(int t) {
        return VectorClip.limit(t == 0 ? Float.POSITIVE_INFINITY : bound);
    }

    private void hard(int panel, int c, int t, int b, VectorBoundedReplay.Place traces) {
        int rows = m.layout.rows;
        int first = m.layout.start(panel) + c;
        int row = m.layout.at(first, 0);
        int source = traces.at() + row;
        int matrix = b * m.size + row;
        int before = before(t, b);
        int now = m.row(t, b);
        int column = b * m.layout.columns + first;
        float[] y = m.y;
        float[] w = m.w;
        float[] alpha = m.alpha;
        float[] hebb = traces.hebb();
        float[] gradient = d.hebb;
        float[] totals = rowTotals;
        IntVector limit = limit(t);
        IntVector above = limit.add(1);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector r = FloatVector.fromArray(LANES, s.steps, now + first);
        FloatVector r1 = FloatVector.fromArray(LANES, s.steps, next(t, b, first));
        FloatVector g1 = FloatVector.fromArray(LANES, d.g, next(t, b, first));
        FloatVector sum = FloatVector.zero(LANES);
        int at = 0;
        for (int i = 0; i < rows; i++, at += STRIP) {
            FloatVector x = FloatVector.broadcast(LANES, y[before + i]);
            FloatVector passed = FloatVector.fromArray(LANES, gradient, matrix + at);
            IntVector unclipped =
                    r.fma(x, FloatVector.fromArray(LANES, hebb, source + at)).reinterpretAsInts();
            IntVector size = unclipped.and(magnitude);
            FloatVector al = FloatVector.fromArray(LANES, alpha, row + at);
            int total = totalOf(i);
            al.fma(VectorClip.clip(unclipped, size, limit), FloatVector.fromArray(LANES, w, row + at))
                    .fma(g1, r1.fma(passed, FloatVector.fromArray(LANES, totals, total)))
                    .intoArray(totals, total);
            FloatVector xg = g1.mul(FloatVector.broadcast(LANES, y[now + i]));
            FloatVector passes = VectorClip.below(size, above, al.fma(xg, passed));
            passes.intoArray(gradient, matrix + at);
            sum = passes.fma(x, sum);
        }
        sum.intoArray(d.columnSums, column);
    }

    /** In two passes over the strip, each as much as the compiler inlines: first what step t + 1 left, then step t. */
    private void soft(int panel, int c, int t, int b, VectorBoundedReplay.Place traces) {
        softNext(panel, c, t, b, traces);
        softNow(panel, c, t, b, traces);
    }

    private void softNext(int panel, int c, int t, int b, VectorBoundedReplay.Place traces) {
        int rows = m.layout.rows;
        int first = m.layout.start(panel) + c;
        int row = m.layout.at(first, 0);
        int source = traces.at() + row;
        int matrix = b * m.size + row;
        int before = before(t, b);
        int now = m.row(t, b);
        FloatVector towards = FloatVector.broadcast(LANES, t == 0 ? 0 : bound);
        float[] y = m.y;
        float[] w = m.w;
        float[] alpha = m.alpha;
        float[] hebb = traces.hebb();
        float[] gradient = d.hebb;
        float[] totals = rowTotals;
        IntVector limit = limit(t);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector bounds = FloatVector.broadcast(LANES, bound);
        FloatVector r = FloatVector.fromArray(LANES, s.steps, now + first);
        FloatVector r1 = FloatVector.fromArray(LANES, s.steps, next(t, b, first));
        FloatVector g1 = FloatVector.fromArray(LANES, d.g, next(t, b, first));
        int at = 0;
        for (int i = 0; i < rows; i++, at += STRIP) {
            FloatVector change = r.mul(FloatVector.broadcast(LANES, y[before + i]));
            FloatVector h = FloatVector.fromArray(LANES, hebb, source + at);
            FloatVector h1 = VectorClip.clip(VectorBoundedForward.softened(h, change, towards), limit, magnitude);
            FloatVector x1 = FloatVector.broadcast(LANES, y[now + i]);
            FloatVector change1 = r1.mul(x1);
            FloatVector passed = FloatVector.fromArray(LANES, gradient, matrix + at);
            FloatVector asked = slope(h1, change1, bounds, magnitude).mul(passed);
            FloatVector al = FloatVector.fromArray(LANES, alpha, row + at);
            int total = totalOf(i);
            al.fma(h1, FloatVector.fromArray(LANES, w, row + at))
                    .fma(g1, r1.fma(asked, FloatVector.fromArray(LANES, totals, total)))
                    .intoArray(totals, total);
            al.fma(g1.mul(x1), passed.sub(change1.abs().mul(passed))).intoArray(gradient, matrix + at);
        }
    }

    private void softNow(int panel, int c, int t, int b, VectorBoundedReplay.Place traces) {
        int rows = m.layout.rows;
        int first = m.layout.start(panel) + c;
        int row = m.layout.at(first, 0);
        int source = traces.at() + row;
        int matrix = b * m.size + row;
        int before = before(t, b);
        FloatVector towards = FloatVector.broadcast(LANES, t == 0 ? 0 : bound);
        float[] y = m.y;
        float[] hebb = traces.hebb();
        float[] gradient = d.hebb;
        IntVector above = limit(t).add(1);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector r = FloatVector.fromArray(LANES, s.steps, m.row(t, b) + first);
        FloatVector sum = FloatVector.zero(LANES);
        int at = 0;
        for (int i = 0; i < rows; i++, at += STRIP) {
            FloatVector x = FloatVector.broadcast(LANES, y[before + i]);
            FloatVector change = r.mul(x);
            FloatVector h = FloatVector.fromArray(LANES, hebb, source + at);
            IntVector size = VectorBoundedForward.softened(h, change, towards)
                    .reinterpretAsInts()
                    .and(magnitude);
            FloatVector passes = VectorClip.below(size, above, FloatVector.fromArray(LANES, gradient, matrix + at));
            passes.intoArray(gradient, matrix + at);
            sum = slope(h, change, towards, magnitude).mul(passes).fma(x, sum);
        }
        sum.intoArray(d.columnSums, b * m.layout.columns + first);
    }

    /** What H + b D - |D| H gains with D: {@code b - sign(D) H}. */
    private static FloatVector slope(FloatVector hebb, FloatVector change, FloatVector bound, IntVector magnitude) {
        return bound.sub(VectorClip.signed(hebb, change, magnitude));
    }

    /** In two passes over the strip, as for the soft bound: first the eligibility, then the Hebbian traces. */
    private void retroactive(int panel, int c, int t, int b, VectorBoundedReplay.Place traces) {
        retroactiveEligibility(panel, c, t, b, traces);
        retroactiveHebb(panel, c, t, b, traces);
    }

    /** F(t+1) of F(t+2), the gradient of E, and what it asks of y(t), r(t+1) and eta. */
    private void retroactiveEligibility(int panel, int c, int t, int b, VectorBoundedReplay.Place traces) {
        int rows = m.layout.rows;
        int first = m.layout.start(panel) + c;
        int row = m.layout.at(first, 0);
        int source = traces.at() + row;
        int matrix = b * m.size + row;
        int before = before(t, b);
        float[] y = m.y;
        float[] eligibility = traces.eligibility();
        float[] gradient = d.hebb;
        float[] eligibilityGradient = d.eligibility;
        float[] totals = rowTotals;
        // In place of steps past the end stands what changes nothing.
        boolean last = t == m.steps;
        FloatVector signal1 = FloatVector.broadcast(LANES, last ? 0 : s.signal[s.signalAt(t + 1, b)]);
        FloatVector keep1 = FloatVector.broadcast(LANES, last ? 1 : 1 - eta);
        FloatVector r1 = FloatVector.fromArray(LANES, s.steps, next(t, b, first));
        FloatVector sum = FloatVector.zero(LANES);
        FloatVector sumOfEta = FloatVector.zero(LANES);
        int at = 0;
        for (int i = 0; i < rows; i++, at += STRIP) {
            FloatVector asked = FloatVector.fromArray(LANES, eligibilityGradient, matrix + at);
            int total = totalOf(i);
            r1.fma(asked, FloatVector.fromArray(LANES, totals, total)).intoArray(totals, total);
            FloatVector asks = keep1.fma(asked, signal1.mul(FloatVector.fromArray(LANES, gradient, matrix + at)));
            asks.intoArray(eligibilityGradient, matrix + at);
            sum = asks.fma(FloatVector.broadcast(LANES, y[before + i]), sum);
            sumOfEta = asks.fma(FloatVector.fromArray(LANES, eligibility, source + at), sumOfEta);
        }
        int column = b * m.layout.columns + first;
        sum.intoArray(d.columnSums, column);
        sumOfEta.intoArray(d.columnSums, 2 * m.batch * m.layout.columns + column);
    }

    /** C(t+1) of C(t+2), and what it asks of y(t) and M(t). */
    private void retroactiveHebb(int panel, int c, int t, int b, VectorBoundedReplay.Place traces) {
        int rows = m.layout.rows;
        int first = m.layout.start(panel) + c;
        int row = m.layout.at(first, 0);
        int source = traces.at() + row;
        int matrix = b * m.size + row;
        int now = m.row(t, b);
        float[] y = m.y;
        float[] w = m.w;
        float[] alpha = m.alpha;
        float[] hebb = traces.hebb();
        float[] eligibility = traces.eligibility();
        float[] gradient = d.hebb;
        float[] totals = rowTotals;
        FloatVector signal = FloatVector.broadcast(LANES, t == 0 ? 0 : s.signal[s.signalAt(t, b)]);
        IntVector limit = limit(t);
        IntVector above = limit.add(1);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector g1 = FloatVector.fromArray(LANES, d.g, next(t, b, first));
        FloatVector sum = FloatVector.zero(LANES);
        int at = 0;
        for (int i = 0; i < rows; i++, at += STRIP) {
            FloatVector passed = FloatVector.fromArray(LANES, gradient, matrix + at);
            FloatVector e = FloatVector.fromArray(LANES, eligibility, source + at);
            FloatVector al = FloatVector.fromArray(LANES, alpha, row + at);
            IntVector unclipped = signal.fma(e, FloatVector.fromArray(LANES, hebb, source + at))
                    .reinterpretAsInts();
            IntVector size = unclipped.and(magnitude);
            int total = totalOf(i);
            al.fma(VectorClip.clip(unclipped, size, limit), FloatVector.fromArray(LANES, w, row + at))
                    .fma(g1, FloatVector.fromArray(LANES, totals, total))
                    .intoArray(totals, total);
            FloatVector xg = g1.mul(FloatVector.broadcast(LANES, y[now + i]));
            FloatVector passes = VectorClip.below(size, above, al.fma(xg, passed));
            passes.intoArray(gradient, matrix + at);
            sum = passes.fma(e, sum);
        }
        sum.intoArray(d.columnSums, m.batch * m.layout.columns + b * m.layout.columns + first);
    }
}
