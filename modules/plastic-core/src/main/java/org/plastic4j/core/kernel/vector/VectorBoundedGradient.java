package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.VectorForward.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.Team;
import org.plastic4j.core.spec.Slot;

/** One thread's share of going back through lifetimes whose traces add up within a bound, one after another. */
final class VectorBoundedGradient {
    private final BoundedBuffers s;
    private final LifetimeBuffers m;
    private final BoundedBuffers.Gradients d;
    private final BoundedBuffers.Replay replay;
    private final Share share;
    private final VectorBoundedRates rates;
    /** Of each lifetime before its first step. */
    private final BoundedTraces[] first;

    private final VectorBoundedReplay again;
    private final VectorBoundedBackward backward;
    private final VectorBoundedProducts products;
    private final boolean clamped;

    /** Where a vector is summed up. */
    private final float[] lanes = new float[PanelLayout.COLUMN_UNIT];

    private int entered;

    VectorBoundedGradient(LifetimeTensors in, BoundedBuffers s, Share share, BoundedBuffers.Replay replay) {
        this.s = s;
        m = s.m;
        d = s.gradients();
        this.replay = replay;
        this.share = share;
        rates = new VectorBoundedRates(in, s);
        first = s.first(in);
        BoundedTrace trace = BoundedTrace.of(in.spec().rule());
        double bound = in.spec().rule().bound();
        again = new VectorBoundedReplay(s, trace, bound, rates.eta());
        backward = new VectorBoundedBackward(s, trace, bound, rates.eta());
        products = new VectorBoundedProducts(s, first, trace, bound, rates.eta());
        clamped = in.has(Slot.MASK);
    }

    void live() {
        share.forEachLifetime(m, b -> {
            for (int t = 1; t <= m.steps; t++) {
                rates.follow(t, b, share.firstPanel(), share.endPanel());
            }
            keepTraces(b);
            for (int t = m.steps; t >= 0; t--) {
                step(t, b);
            }
        });
        share.team().await();
        productsOfAll();
    }

    /** Keeps the first traces of every segment; a lifetime's first ones are there. */
    private void keepTraces(int b) {
        entered = replay.segments;
        BoundedTraces[] next = new BoundedTraces[(replay.segments - 1) * replay.stride];
        Arrays.setAll(next, k -> replay.first[k / replay.stride + 1]);
        for (int panel = share.firstPanel(); panel < share.endPanel(); panel++) {
            first[b].copy(m.layout, panel, replay.first[0]);
            again.replay(panel, b, 1, next.length, replay.first[0], next);
        }
    }

    /** Brings back all traces of the segment that step t lies in. */
    private void enter(int segment, int b) {
        int step = segment * replay.stride + 1;
        int further = Math.min(replay.stride, m.steps - step + 1) - 1;
        for (int panel = share.firstPanel(); panel < share.endPanel() && further > 0; panel++) {
            again.replay(panel, b, step, further, replay.first[segment], replay.further);
        }
        entered = segment;
    }

    private void step(int t, int b) {
        int inLifetime = Math.max(t, 1) - 1;
        int segment = inLifetime / replay.stride;
        if (segment != entered) {
            enter(segment, b);
        }
        int inSegment = inLifetime - segment * replay.stride;
        BoundedTraces traces = inSegment == 0 ? replay.first[segment] : replay.further[inSegment - 1];
        for (int panel = share.firstPanel(); panel < share.endPanel(); panel++) {
            backward.sweep(panel, t, b, traces);
            if (t > 0 && rates.modulated()) {
                sumSignal(panel, t, b);
            }
        }
        if (share.isJoint(m)) {
            share.team().await();
        }
        for (int panel = share.firstPanel(); panel < share.endPanel(); panel++) {
            if (t > 0) {
                collect(panel, t, b);
            } else {
                collectInitial(panel, b);
            }
        }
    }

    /** What a panel's connections ask of M(t). */
    private void sumSignal(int panel, int t, int b) {
        int column = b * m.layout.columns;
        int row = m.row(t, b);
        int of = (s.hasEligibility() ? m.batch * m.layout.columns : 0) + column;
        FloatVector asked = FloatVector.zero(LANES);
        for (int c = m.layout.start(panel); c < m.layout.start(panel) + m.layout.filled(panel); c += LANES.length()) {
            FloatVector sums = FloatVector.fromArray(LANES, d.columnSums, of + c);
            if (s.hasEligibility()) {
                asked = asked.add(sums);
            } else {
                FloatVector rate = sums.mul(FloatVector.fromArray(LANES, m.y, row + c));
                asked = rates.fannedOut()
                        ? rate.fma(FloatVector.fromArray(LANES, s.fanOutWeights, c), asked)
                        : asked.add(rate);
            }
        }
        asked.intoArray(lanes, 0);
        d.signal[d.signalAt(t, b, panel, m)] = VectorLanes.sum(lanes, 0);
    }

    /** What the sum behind M(t) = tanh(sum) is asked for, from all panels. */
    private float modulatorGradient(int t, int b) {
        float asked = 0;
        for (int p = 0; p < m.layout.panels; p++) {
            asked += d.signal[d.signalAt(t, b, p, m)];
        }
        float signal = s.signal[s.signalAt(t, b)];
        return asked * (1 - signal) * (1 + signal);
    }

    /**
     * From all that is asked of y(t) to g(t), in whose place stands what the graph asks, and on to what the rule learns.
     */
    private void collect(int panel, int t, int b) {
        int from = m.layout.start(panel);
        int filled = from + m.layout.filled(panel);
        int end = m.layout.end(panel);
        int row = m.row(t, b);
        int column = b * m.layout.columns;
        float signal = s.signal[s.signalAt(t, b)];
        addRowSums(row, t, b, from, filled);
        addSteps(row, column, signal, from, filled);
        learnEta(row, column, from, end);
        if (rates.modulated()) {
            float modulator = modulatorGradient(t, b);
            addModulator(row, modulator, from, filled);
            learnModulator(row, column, modulator, from, end);
            if (panel == 0) {
                d.modulatorBias[b] += modulator;
            }
        }
        if (rates.fannedOut()) {
            learnFanOut(row, column, signal, from, end);
        }
        if (clamped) {
            System.arraycopy(d.g, row + from, d.valueGradient, m.clampRow(t, b) + from, end - from);
        }
        passActivation(row, from, filled);
        for (int j = from; clamped && j < end; j++) {
            if (m.mask[m.clampRow(t, b) + j] != 0) {
                d.g[row + j] = 0;
            }
        }
    }

    // A vector at a time, by hand: the compiler takes rows of some hundred numbers for too short.

    /** What y(t) is asked for as pre-synaptic activity. */
    private void addRowSums(int row, int t, int b, int from, int end) {
        float[] g = d.g;
        float[] sums = d.rowSums;
        for (int p = 0; p < m.layout.panels; p++) {
            int first = d.rowSums(t, b, p, m);
            for (int c = from; c < end; c += LANES.length()) {
                FloatVector.fromArray(LANES, g, row + c)
                        .add(FloatVector.fromArray(LANES, sums, first + c))
                        .intoArray(g, row + c);
            }
        }
    }

    /** What r(t) asks of y(t). */
    private void addSteps(int row, int column, float signal, int from, int end) {
        float[] g = d.g;
        for (int c = from; c < end; c += LANES.length()) {
            FloatVector rate = rates.fannedOut()
                    ? FloatVector.fromArray(LANES, s.fanOutWeights, c)
                            .mul(signal)
                            .add(FloatVector.fromArray(LANES, s.fanOutBias, c))
                    : FloatVector.broadcast(LANES, rates.rate(signal));
            FloatVector.fromArray(LANES, d.columnSums, column + c)
                    .fma(rate, FloatVector.fromArray(LANES, g, row + c))
                    .intoArray(g, row + c);
        }
    }

    private void addModulator(int row, float modulator, int from, int end) {
        float[] g = d.g;
        FloatVector asked = FloatVector.broadcast(LANES, modulator);
        for (int c = from; c < end; c += LANES.length()) {
            asked.fma(FloatVector.fromArray(LANES, s.modulatorWeights, c), FloatVector.fromArray(LANES, g, row + c))
                    .intoArray(g, row + c);
        }
    }

    /** Times the slope of tanh. */
    private void passActivation(int row, int from, int end) {
        float[] g = d.g;
        FloatVector one = FloatVector.broadcast(LANES, 1);
        for (int c = from; c < end; c += LANES.length()) {
            FloatVector y = FloatVector.fromArray(LANES, m.y, row + c);
            FloatVector.fromArray(LANES, g, row + c)
                    .mul(one.sub(y).mul(one.add(y)))
                    .intoArray(g, row + c);
        }
    }

    private void learnModulator(int row, int column, float modulator, int from, int end) {
        float[] y = m.y;
        double[] learned = d.modulatorWeights;
        for (int j = from; j < end; j++) {
            learned[column + j] += modulator * y[row + j];
        }
    }

    private void learnFanOut(int row, int column, float signal, int from, int end) {
        float[] y = m.y;
        float[] ofStep = d.columnSums;
        double[] weights = d.fanOutWeights;
        double[] bias = d.fanOutBias;
        for (int j = from; j < end; j++) {
            weights[column + j] += ofStep[column + j] * y[row + j] * signal;
            bias[column + j] += ofStep[column + j] * y[row + j];
        }
    }

    private void learnEta(int row, int column, int from, int end) {
        float[] y = m.y;
        float[] sums = d.columnSums;
        double[] eta = d.eta;
        if (s.hasEligibility()) {
            int fading = 2 * m.batch * m.layout.columns + column;
            for (int j = from; j < end; j++) {
                eta[column + j] += sums[column + j] * y[row + j] - sums[fading + j];
            }
        } else if (!rates.setsRates()) {
            for (int j = from; j < end; j++) {
                eta[column + j] += sums[column + j] * y[row + j];
            }
        }
    }

    private void collectInitial(int panel, int b) {
        for (int j = m.layout.start(panel); j < m.layout.end(panel); j++) {
            d.y0[b * m.layout.columns + j] = rowSum(0, b, j);
        }
    }

    private float rowSum(int t, int b, int j) {
        float sum = 0;
        for (int p = 0; p < m.layout.panels; p++) {
            sum += d.rowSums[d.rowSums(t, b, p, m) + j];
        }
        return sum;
    }

    /** dW and dalpha, shared out by tiles since every lifetime adds to them. */
    private void productsOfAll() {
        int units = products.tiles() / products.unit();
        int threads = share.team().size();
        products.tiles(
                Team.part(units, share.member(), threads) * products.unit(),
                Team.part(units, share.member() + 1, threads) * products.unit());
    }
}
