package org.plastic4j.core.fused;

/** One thread's share of going back through lifetimes whose traces add up within a bound, one after another. */
final class VectorBoundedGradient {
    private final BoundedBuffers s;
    private final LifetimeBuffers m;
    private final BoundedBuffers.Gradients d;
    private final BoundedBuffers.Replay replay;
    private final Share share;
    private final BoundedRates rates;
    private final BoundedTrace trace;
    private final VectorBoundedReplay again;
    private final VectorBoundedBackward backward;
    private final VectorBoundedProducts products;
    private final boolean clamped;

    private int entered;

    VectorBoundedGradient(LifetimeTensors in, BoundedBuffers s, Share share, BoundedBuffers.Replay replay) {
        this.s = s;
        m = s.m;
        d = s.gradients();
        this.replay = replay;
        this.share = share;
        rates = new BoundedRates(in, s);
        trace = BoundedTrace.of(in.spec().rule());
        double bound = in.spec().rule().bound();
        again = new VectorBoundedReplay(s, trace, bound, rates.eta());
        backward = new VectorBoundedBackward(s, trace, bound, rates.eta());
        products = new VectorBoundedProducts(s, trace, bound, rates.eta());
        clamped = in.has(Slot.MASK);
    }

    void live() {
        for (int b = share.firstLifetime(); b < share.endLifetime(); b++) {
            for (int t = 1; t <= m.steps; t++) {
                rates.follow(t, b, share.firstPanel(), share.endPanel());
            }
            keepTraces(b);
            for (int t = m.steps; t >= 0; t--) {
                step(t, b);
            }
        }
        share.team().await();
        productsOfAll();
    }

    /** Keeps the first traces of every segment; the lifetimes' first ones stand in {@code m.hebb}. */
    private void keepTraces(int b) {
        entered = replay.segments;
        for (int panel = share.firstPanel(); panel < share.endPanel(); panel++) {
            copy(panel, m.hebb, s.eligibility, b * m.size, replay.kept, replay.keptEligibility, 0);
            for (int segment = 1; segment < replay.segments; segment++) {
                again.replay(
                        panel,
                        b,
                        (segment - 1) * replay.stride + 1,
                        replay.stride,
                        kept(segment - 1),
                        kept(segment),
                        0);
            }
        }
    }

    private VectorBoundedReplay.Place kept(int segment) {
        return new VectorBoundedReplay.Place(replay.kept, replay.keptEligibility, segment * m.size);
    }

    private VectorBoundedReplay.Place inSegment(int step) {
        return new VectorBoundedReplay.Place(replay.segment, replay.segmentEligibility, step * m.size);
    }

    private void copy(
            int panel, float[] hebb, float[] eligibility, int from, float[] toHebb, float[] toEligibility, int to) {
        int offset = m.layout.offset(panel);
        int length = m.layout.rows * m.layout.width(panel);
        System.arraycopy(hebb, from + offset, toHebb, to + offset, length);
        if (s.hasEligibility()) {
            System.arraycopy(eligibility, from + offset, toEligibility, to + offset, length);
        }
    }

    /** Brings back all traces of the segment that step t lies in. */
    private void enter(int segment, int b) {
        int first = segment * replay.stride + 1;
        int further = Math.min(replay.stride, m.steps - first + 1) - 1;
        for (int panel = share.firstPanel(); panel < share.endPanel(); panel++) {
            copy(
                    panel,
                    replay.kept,
                    replay.keptEligibility,
                    segment * m.size,
                    replay.segment,
                    replay.segmentEligibility,
                    0);
            if (further > 0) {
                again.replay(panel, b, first, further, inSegment(0), inSegment(1), m.size);
            }
        }
        entered = segment;
    }

    private void step(int t, int b) {
        int inLifetime = Math.max(t, 1) - 1;
        int segment = inLifetime / replay.stride;
        if (segment != entered) {
            enter(segment, b);
        }
        VectorBoundedReplay.Place traces = inSegment(inLifetime - segment * replay.stride);
        for (int panel = share.firstPanel(); panel < share.endPanel(); panel++) {
            backward.sweep(panel, t, b, traces);
            if (t > 0) {
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
        int all = m.batch * m.layout.columns;
        int column = b * m.layout.columns;
        int row = m.row(t, b);
        float asked = 0;
        for (int j = m.layout.start(panel); j < m.layout.end(panel); j++) {
            if (s.hasEligibility()) {
                asked += d.columnSums[all + column + j];
            } else {
                float rate = d.columnSums[column + j] * m.y[row + j];
                asked += rates.fannedOut() ? rate * s.fanOutWeights[j] : rate;
            }
        }
        d.signal[d.signalAt(t, b, panel, m)] = asked;
    }

    /** What the sum behind M(t) = tanh(sum) is asked for, from all panels. */
    private float modulatorGradient(int t, int b) {
        if (!rates.modulated()) {
            return 0;
        }
        float asked = 0;
        for (int p = 0; p < m.layout.panels; p++) {
            asked += d.signal[d.signalAt(t, b, p, m)];
        }
        float signal = s.signal[s.signalAt(t, b)];
        return asked * (1 - signal) * (1 + signal);
    }

    /** From all that is asked of y(t) to g(t), and on to what the rule learns. */
    private void collect(int panel, int t, int b) {
        int row = m.row(t, b);
        int column = b * m.layout.columns;
        int all = m.batch * m.layout.columns;
        int dense = ((t - 1) * m.batch + b) * m.n;
        float modulator = modulatorGradient(t, b);
        float signal = s.signal[s.signalAt(t, b)];
        double eta = 0;
        for (int j = m.layout.start(panel); j < m.layout.end(panel); j++) {
            float y = m.y[row + j];
            float ofStep = d.columnSums[column + j];
            float asked = d.yGradient[dense + j] + rowSum(t, b, j) + rates.rate(j, signal) * ofStep;
            if (rates.modulated()) {
                asked += modulator * s.modulatorWeights[j];
                d.modulatorWeights[column + j] += modulator * y;
            }
            if (rates.fannedOut()) {
                d.fanOutWeights[column + j] += ofStep * y * signal;
                d.fanOutBias[column + j] += ofStep * y;
            }
            eta += ofStep * y - (s.hasEligibility() ? d.columnSums[2 * all + column + j] : 0);
            d.yGradient[dense + j] = asked;
            boolean held = clamped && m.mask[dense + j] != 0;
            d.g[row + j] = held ? 0 : asked * ((1 - y) * (1 + y));
        }
        d.eta[b * m.layout.panels + panel] += eta;
        if (panel == 0) {
            d.modulatorBias[b] += modulator;
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

    /** dW and dalpha, shared out by columns since every lifetime adds to them. */
    private void productsOfAll() {
        int lanes = VectorForward.LANES.length();
        int vectors = m.layout.columns / lanes;
        int threads = share.team().size();
        products.columns(
                Share.part(vectors, share.member(), threads) * lanes,
                Share.part(vectors, share.member() + 1, threads) * lanes);
    }
}
