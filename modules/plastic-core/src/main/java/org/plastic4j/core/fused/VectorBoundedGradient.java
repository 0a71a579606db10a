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
        int offset = m.layout.at(m.layout.start(panel), 0);
        int length = m.layout.stripRows * m.layout.filled(panel);
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

    /**
     * From all that is asked of y(t) to g(t), and on to what the rule learns: in loops of one thought each, which the
     * compiler turns into vectors.
     */
    private void collect(int panel, int t, int b) {
        int from = m.layout.start(panel);
        int end = m.layout.end(panel);
        int row = m.row(t, b);
        int column = b * m.layout.columns;
        int dense = ((t - 1) * m.batch + b) * m.n;
        float[] g = d.g;
        float[] yGradient = d.yGradient;
        for (int j = from; j < end; j++) {
            g[row + j] = yGradient[dense + j];
        }
        addRowSums(g, row, t, b, from, end);
        float signal = s.signal[s.signalAt(t, b)];
        addSteps(g, row, column, signal, from, end);
        learnEta(row, column, from, end);
        if (rates.modulated()) {
            float modulator = modulatorGradient(t, b);
            addModulator(g, row, column, modulator, from, end);
            if (panel == 0) {
                d.modulatorBias[b] += modulator;
            }
        }
        if (rates.fannedOut()) {
            learnFanOut(row, column, signal, from, end);
        }
        if (clamped) {
            System.arraycopy(g, row + from, yGradient, dense + from, end - from);
        }
        float[] y = m.y;
        for (int j = row + from; j < row + end; j++) {
            g[j] *= (1 - y[j]) * (1 + y[j]);
        }
        for (int j = from; clamped && j < end; j++) {
            if (m.mask[dense + j] != 0) {
                g[row + j] = 0;
            }
        }
    }

    /** What y(t) is asked for as pre-synaptic activity. */
    private void addRowSums(float[] to, int at, int t, int b, int from, int end) {
        float[] sums = d.rowSums;
        for (int p = 0; p < m.layout.panels; p++) {
            int first = d.rowSums(t, b, p, m);
            for (int j = from; j < end; j++) {
                to[at + j] += sums[first + j];
            }
        }
    }

    /** What r(t) asks of y(t). */
    private void addSteps(float[] to, int at, int column, float signal, int from, int end) {
        float[] ofStep = d.columnSums;
        if (rates.fannedOut()) {
            float[] weights = s.fanOutWeights;
            float[] bias = s.fanOutBias;
            for (int j = from; j < end; j++) {
                to[at + j] += (signal * weights[j] + bias[j]) * ofStep[column + j];
            }
        } else {
            float rate = rates.rate(signal);
            for (int j = from; j < end; j++) {
                to[at + j] += rate * ofStep[column + j];
            }
        }
    }

    private void addModulator(float[] to, int at, int column, float modulator, int from, int end) {
        float[] y = m.y;
        float[] weights = s.modulatorWeights;
        double[] learned = d.modulatorWeights;
        for (int j = from; j < end; j++) {
            to[at + j] += modulator * weights[j];
        }
        for (int j = from; j < end; j++) {
            learned[column + j] += modulator * y[at + j];
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

    /** dW and dalpha, shared out by columns since every lifetime adds to them. */
    private void productsOfAll() {
        int lanes = VectorForward.LANES.length();
        int vectors = (m.n + lanes - 1) / lanes;
        int threads = share.team().size();
        products.columns(
                Share.part(vectors, share.member(), threads) * lanes,
                Share.part(vectors, share.member() + 1, threads) * lanes);
    }
}
