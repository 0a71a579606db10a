package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.PanelLayout.PLACES;
import static org.plastic4j.core.kernel.vector.PanelLayout.START;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;
import static org.plastic4j.core.kernel.vector.VectorForward.STRIP;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

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
    /** Where in {@link #strip} the vectors of r(t), r(t+1) and g(t+1) stand, and what is asked of r(t). */
    private static final int STEP = START;

    private static final int NEXT_STEP = STEP + PanelLayout.COLUMN_UNIT;
    private static final int NEXT_GRADIENT = NEXT_STEP + PanelLayout.COLUMN_UNIT;
    private static final int SUM = NEXT_GRADIENT + PanelLayout.COLUMN_UNIT;

    private final BoundedBuffers s;
    private final LifetimeBuffers m;
    private final BoundedBuffers.Gradients d;
    private final BoundedTrace trace;
    private final float bound;
    private final float eta;
    /** The sums over columns of a panel, one vector for each row. */
    private final float[] rowTotals;
    /** y(t-1) and y(t), for the hard bound. */
    private final OutputPairs outputs;
    /** What a loop needs of a strip's columns, and what it makes of them. */
    private final float[] strip = new float[PanelLayout.padded(4 * PanelLayout.COLUMN_UNIT)];

    VectorBoundedBackward(BoundedBuffers s, BoundedTrace trace, double bound, float eta) {
        this.s = s;
        m = s.m;
        d = s.gradients();
        this.trace = trace;
        this.bound = (float) bound;
        this.eta = eta;
        outputs = new OutputPairs(m.layout);
        rowTotals = new float[PanelLayout.padded(m.layout.rows * PanelLayout.COLUMN_UNIT)];
    }

    /**
     * One step's sweep, in strips of one vector of columns.
     *
     * @param t from T to 0; 0 is what step 1 asks of the initial state
     * @param traces H(t), for t = 0 H(1)
     */
    void sweep(int panel, int t, int b, BoundedTraces traces) {
        Arrays.fill(rowTotals, 0f);
        if (trace == BoundedTrace.HARD) {
            outputs.put(m.y, before(t, b), m.row(t, b));
        }
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
        return START + row * PanelLayout.COLUMN_UNIT;
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
    private float bound(int t) {
        return t == 0 ? Float.POSITIVE_INFINITY : bound;
    }

    private IntVector limit(int t) {
        return VectorClip.limit(bound(t));
    }

    private void hard(int panel, int c, int t, int b, BoundedTraces traces) {
        int first = m.layout.start(panel) + c;
        int next = next(t, b, first);
        FloatVector.fromArray(LANES, s.steps, m.row(t, b) + first).intoArray(strip, STEP);
        FloatVector.fromArray(LANES, s.steps, next).intoArray(strip, NEXT_STEP);
        FloatVector.fromArray(LANES, d.g, next).intoArray(strip, NEXT_GRADIENT);
        hard(m.layout.at(first, 0), traces.hebb(), d.traces[b].hebb(), bound(t));
        FloatVector.fromArray(LANES, strip, SUM).intoArray(d.columnSums, b * m.layout.columns + first);
    }

    /**
     * The loop of a strip, in a method of its own with little besides what it needs: where addresses have to share
     * registers, it takes a third longer.
     */
    private void hard(int from, float[] hebb, float[] gradient, float bound) {
        int rows = m.layout.rows;
        float[] x = outputs.values;
        float[] w = m.w;
        float[] alpha = m.alpha;
        float[] totals = rowTotals;
        IntVector limit = VectorClip.limit(bound);
        IntVector above = limit.add(1);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector r = FloatVector.fromArray(LANES, strip, STEP);
        FloatVector r1 = FloatVector.fromArray(LANES, strip, NEXT_STEP);
        FloatVector g1 = FloatVector.fromArray(LANES, strip, NEXT_GRADIENT);
        FloatVector sum = FloatVector.zero(LANES);
        for (int i = 0; i < rows; i += 2) {
            int at = (from + i * STRIP) & PLACES;
            int total = totalOf(i) & PLACES;
            int f = i * OutputPairs.SIDE & PLACES;
            FloatVector x0 = FloatVector.broadcast(LANES, x[f]);
            FloatVector passed0 = FloatVector.fromArray(LANES, gradient, at);
            FloatVector alpha0 = FloatVector.fromArray(LANES, alpha, at);
            IntVector bits0 = r.fma(x0, FloatVector.fromArray(LANES, hebb, at)).reinterpretAsInts();
            IntVector size0 = bits0.and(magnitude);
            FloatVector trace0 = VectorClip.clip(bits0, size0, limit);
            alpha0.fma(trace0, FloatVector.fromArray(LANES, w, at))
                    .fma(g1, r1.fma(passed0, FloatVector.fromArray(LANES, totals, total)))
                    .intoArray(totals, total);
            FloatVector asked0 = alpha0.fma(g1.mul(FloatVector.broadcast(LANES, x[f + 1])), passed0);
            FloatVector passes0 = VectorClip.below(size0, above, asked0);
            passes0.intoArray(gradient, at);
            sum = passes0.fma(x0, sum);
            // As above, written out: the compiler inlines no more calls of ours here.
            FloatVector x1 = FloatVector.broadcast(LANES, x[f + OutputPairs.SIDE]);
            FloatVector passed1 = FloatVector.fromArray(LANES, gradient, at + STRIP);
            FloatVector alpha1 = FloatVector.fromArray(LANES, alpha, at + STRIP);
            IntVector bits1 =
                    r.fma(x1, FloatVector.fromArray(LANES, hebb, at + STRIP)).reinterpretAsInts();
            IntVector size1 = bits1.and(magnitude);
            FloatVector trace1 = size1.min(limit)
                    .or(bits1.lanewise(VectorOperators.XOR, size1))
                    .reinterpretAsFloats();
            alpha1.fma(trace1, FloatVector.fromArray(LANES, w, at + STRIP))
                    .fma(g1, r1.fma(passed1, FloatVector.fromArray(LANES, totals, total + PanelLayout.COLUMN_UNIT)))
                    .intoArray(totals, total + PanelLayout.COLUMN_UNIT);
            FloatVector asked1 = alpha1.fma(g1.mul(FloatVector.broadcast(LANES, x[f + OutputPairs.SIDE + 1])), passed1);
            FloatVector passes1 = size1.sub(above)
                    .lanewise(VectorOperators.ASHR, VectorClip.LAST_BIT)
                    .and(asked1.reinterpretAsInts())
                    .reinterpretAsFloats();
            passes1.intoArray(gradient, at + STRIP);
            sum = passes1.fma(x1, sum);
        }
        sum.intoArray(strip, SUM);
    }

    /** In two passes over the strip, each as much as the compiler inlines: first what step t + 1 left, then step t. */
    private void soft(int panel, int c, int t, int b, BoundedTraces traces) {
        softNext(panel, c, t, b, traces);
        softNow(panel, c, t, b, traces);
    }

    private void softNext(int panel, int c, int t, int b, BoundedTraces traces) {
        int rows = m.layout.rows;
        int first = m.layout.start(panel) + c;
        int row = m.layout.at(first, 0);
        int before = before(t, b);
        int now = m.row(t, b);
        FloatVector towards = FloatVector.broadcast(LANES, t == 0 ? 0 : bound);
        float[] y = m.y;
        float[] w = m.w;
        float[] alpha = m.alpha;
        float[] hebb = traces.hebb();
        float[] gradient = d.traces[b].hebb();
        float[] totals = rowTotals;
        IntVector limit = limit(t);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector bounds = FloatVector.broadcast(LANES, bound);
        FloatVector r = FloatVector.fromArray(LANES, s.steps, now + first);
        FloatVector r1 = FloatVector.fromArray(LANES, s.steps, next(t, b, first));
        FloatVector g1 = FloatVector.fromArray(LANES, d.g, next(t, b, first));
        for (int i = 0; i < rows; i++) {
            int at = (row + i * STRIP) & PLACES;
            FloatVector change = r.mul(FloatVector.broadcast(LANES, y[before + i]));
            FloatVector h = FloatVector.fromArray(LANES, hebb, at);
            FloatVector h1 = VectorClip.clip(VectorBoundedForward.softened(h, change, towards), limit, magnitude);
            FloatVector x1 = FloatVector.broadcast(LANES, y[now + i]);
            FloatVector change1 = r1.mul(x1);
            FloatVector passed = FloatVector.fromArray(LANES, gradient, at);
            FloatVector asked = slope(h1, change1, bounds, magnitude).mul(passed);
            FloatVector al = FloatVector.fromArray(LANES, alpha, at);
            int total = totalOf(i);
            al.fma(h1, FloatVector.fromArray(LANES, w, at))
                    .fma(g1, r1.fma(asked, FloatVector.fromArray(LANES, totals, total)))
                    .intoArray(totals, total);
            al.fma(g1.mul(x1), passed.sub(change1.abs().mul(passed))).intoArray(gradient, at);
        }
    }

    private void softNow(int panel, int c, int t, int b, BoundedTraces traces) {
        int rows = m.layout.rows;
        int first = m.layout.start(panel) + c;
        int row = m.layout.at(first, 0);
        int before = before(t, b);
        FloatVector towards = FloatVector.broadcast(LANES, t == 0 ? 0 : bound);
        float[] y = m.y;
        float[] hebb = traces.hebb();
        float[] gradient = d.traces[b].hebb();
        IntVector above = limit(t).add(1);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector r = FloatVector.fromArray(LANES, s.steps, m.row(t, b) + first);
        FloatVector sum = FloatVector.zero(LANES);
        for (int i = 0; i < rows; i++) {
            int at = (row + i * STRIP) & PLACES;
            FloatVector x = FloatVector.broadcast(LANES, y[before + i]);
            FloatVector change = r.mul(x);
            FloatVector h = FloatVector.fromArray(LANES, hebb, at);
            IntVector size = VectorBoundedForward.softened(h, change, towards)
                    .reinterpretAsInts()
                    .and(magnitude);
            FloatVector passes = VectorClip.below(size, above, FloatVector.fromArray(LANES, gradient, at));
            passes.intoArray(gradient, at);
            sum = slope(h, change, towards, magnitude).mul(passes).fma(x, sum);
        }
        sum.intoArray(d.columnSums, b * m.layout.columns + first);
    }

    /** What H + b D - |D| H gains with D: {@code b - sign(D) H}. */
    private static FloatVector slope(FloatVector hebb, FloatVector change, FloatVector bound, IntVector magnitude) {
        return bound.sub(VectorClip.signed(hebb, change, magnitude));
    }

    /** In two passes over the strip, as for the soft bound: first the eligibility, then the Hebbian traces. */
    private void retroactive(int panel, int c, int t, int b, BoundedTraces traces) {
        retroactiveEligibility(panel, c, t, b, traces);
        retroactiveHebb(panel, c, t, b, traces);
    }

    /** F(t+1) of F(t+2), the gradient of E, and what it asks of y(t), r(t+1) and eta. */
    private void retroactiveEligibility(int panel, int c, int t, int b, BoundedTraces traces) {
        int rows = m.layout.rows;
        int first = m.layout.start(panel) + c;
        int row = m.layout.at(first, 0);
        int before = before(t, b);
        float[] y = m.y;
        float[] eligibility = traces.eligibility();
        float[] gradient = d.traces[b].hebb();
        float[] eligibilityGradient = d.traces[b].eligibility();
        float[] totals = rowTotals;
        // In place of steps past the end stands what changes nothing.
        boolean last = t == m.steps;
        FloatVector signal1 = FloatVector.broadcast(LANES, last ? 0 : s.signal[s.signalAt(t + 1, b)]);
        FloatVector keep1 = FloatVector.broadcast(LANES, last ? 1 : 1 - eta);
        FloatVector r1 = FloatVector.fromArray(LANES, s.steps, next(t, b, first));
        FloatVector sum = FloatVector.zero(LANES);
        FloatVector sumOfEta = FloatVector.zero(LANES);
        for (int i = 0; i < rows; i++) {
            int at = (row + i * STRIP) & PLACES;
            FloatVector asked = FloatVector.fromArray(LANES, eligibilityGradient, at);
            int total = totalOf(i);
            r1.fma(asked, FloatVector.fromArray(LANES, totals, total)).intoArray(totals, total);
            FloatVector asks = keep1.fma(asked, signal1.mul(FloatVector.fromArray(LANES, gradient, at)));
            asks.intoArray(eligibilityGradient, at);
            sum = asks.fma(FloatVector.broadcast(LANES, y[before + i]), sum);
            sumOfEta = asks.fma(FloatVector.fromArray(LANES, eligibility, at), sumOfEta);
        }
        int column = b * m.layout.columns + first;
        sum.intoArray(d.columnSums, column);
        sumOfEta.intoArray(d.columnSums, 2 * m.batch * m.layout.columns + column);
    }

    /** C(t+1) of C(t+2), and what it asks of y(t) and M(t). */
    private void retroactiveHebb(int panel, int c, int t, int b, BoundedTraces traces) {
        int rows = m.layout.rows;
        int first = m.layout.start(panel) + c;
        int row = m.layout.at(first, 0);
        int now = m.row(t, b);
        float[] y = m.y;
        float[] w = m.w;
        float[] alpha = m.alpha;
        float[] hebb = traces.hebb();
        float[] eligibility = traces.eligibility();
        float[] gradient = d.traces[b].hebb();
        float[] totals = rowTotals;
        FloatVector signal = FloatVector.broadcast(LANES, t == 0 ? 0 : s.signal[s.signalAt(t, b)]);
        IntVector limit = limit(t);
        IntVector above = limit.add(1);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector g1 = FloatVector.fromArray(LANES, d.g, next(t, b, first));
        FloatVector sum = FloatVector.zero(LANES);
        for (int i = 0; i < rows; i++) {
            int at = (row + i * STRIP) & PLACES;
            FloatVector passed = FloatVector.fromArray(LANES, gradient, at);
            FloatVector e = FloatVector.fromArray(LANES, eligibility, at);
            FloatVector al = FloatVector.fromArray(LANES, alpha, at);
            IntVector unclipped =
                    signal.fma(e, FloatVector.fromArray(LANES, hebb, at)).reinterpretAsInts();
            IntVector size = unclipped.and(magnitude);
            int total = totalOf(i);
            al.fma(VectorClip.clip(unclipped, size, limit), FloatVector.fromArray(LANES, w, at))
                    .fma(g1, FloatVector.fromArray(LANES, totals, total))
                    .intoArray(totals, total);
            FloatVector xg = g1.mul(FloatVector.broadcast(LANES, y[now + i]));
            FloatVector passes = VectorClip.below(size, above, al.fma(xg, passed));
            passes.intoArray(gradient, at);
            sum = passes.fma(e, sum);
        }
        sum.intoArray(d.columnSums, m.batch * m.layout.columns + b * m.layout.columns + first);
    }
}
