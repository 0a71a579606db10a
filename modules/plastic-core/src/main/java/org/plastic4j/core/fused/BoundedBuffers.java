package org.plastic4j.core.fused;

import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.rule.RuleParameter;

/** What the fast kernel needs for rules that add up within a bound, besides {@link LifetimeBuffers}. */
final class BoundedBuffers {
    final LifetimeBuffers m;
    /** Parameters of the rule by column, zero where it has none and in the padding. */
    final float[] modulatorWeights;

    final float[] fanOutWeights;
    final float[] fanOutBias;
    /** r(0) .. r(T) by {@link LifetimeBuffers#row}: rate times output of each neuron; r(0) stays zero. */
    final float[] steps;
    /** M(0) .. M(T), each [B]: the neuromodulatory signal; M(0) stays zero. */
    final float[] signal;
    /** An eligibility trace for each lifetime; empty where the rule has none. */
    final float[] eligibility;

    /** Made when the first gradient is asked for. */
    private Gradients gradients;
    /** One for each thread that goes back through lifetimes of its own. */
    private Replay[] replays = new Replay[0];

    BoundedBuffers(LifetimeBuffers m, boolean hasEligibility) {
        this.m = m;
        int columns = m.layout.columns;
        modulatorWeights = new float[columns];
        fanOutWeights = new float[columns];
        fanOutBias = new float[columns];
        steps = new float[m.y.length];
        signal = new float[(m.steps + 1) * m.batch];
        eligibility = new float[hasEligibility ? m.hebb.length : 0];
    }

    boolean hasEligibility() {
        return eligibility.length > 0;
    }

    int signalAt(int t, int b) {
        return t * m.batch + b;
    }

    Gradients gradients() {
        if (gradients == null) {
            gradients = new Gradients(this);
        }
        return gradients;
    }

    /** Room for the replays of so many threads. */
    void prepareReplays(int threads) {
        if (replays.length != threads) {
            replays = new Replay[threads];
            for (int k = 0; k < threads; k++) {
                replays[k] = new Replay(m, hasEligibility());
            }
        }
    }

    Replay replay(int thread) {
        return replays[thread];
    }

    /** The gradients of a batch of lifetimes. */
    static final class Gradients {
        /** The gradient of y as it came in, [T, B, n]; where a neuron is clamped, that of its value in the end. */
        final float[] yGradient;
        /** g(0) .. g(T), the gradients of the pre-activations, by {@link LifetimeBuffers#row}; g(0) stays zero. */
        final float[] g;
        /** The gradients of the traces, a matrix for each lifetime. */
        final float[] hebb;

        final float[] eligibility;
        /** Sums over columns by panel, two steps' worth: [2, B, panels, columns]. */
        final float[] rowSums;
        /** Sums over rows of what r and, for eligibility, M and eta ask: [3, B, columns]. */
        final float[] columnSums;
        /** What M asks for by panel, two steps' worth: [2, B, panels]. */
        final float[] signal;
        /** Of the modulator's bias by lifetime. */
        final double[] modulatorBias;
        /** By lifetime and column. */
        final double[] eta;

        final double[] modulatorWeights;

        final double[] fanOutWeights;
        final double[] fanOutBias;

        /** In the place of W, which nobody reads any more when it is formed. */
        final float[] w;

        final float[] alpha;
        /** Of a shared alpha by column unit, and where a tile of it is gathered. */
        final double[] sharedAlpha;

        final float[] sharedTile;
        /** The gradient of y(0), [B, columns]. */
        final float[] y0;

        private Gradients(BoundedBuffers buffers) {
            LifetimeBuffers m = buffers.m;
            int columns = m.layout.columns;
            int vectors = m.batch * columns;
            yGradient = new float[m.steps * m.batch * m.n];
            g = new float[m.y.length];
            hebb = new float[m.hebb.length];
            eligibility = new float[buffers.eligibility.length];
            rowSums = new float[2 * vectors * m.layout.panels];
            columnSums = new float[3 * vectors];
            signal = new float[2 * m.batch * m.layout.panels];
            eta = new double[vectors];
            modulatorBias = new double[m.batch];
            modulatorWeights = new double[vectors];
            fanOutWeights = new double[vectors];
            fanOutBias = new double[vectors];
            w = m.w;
            alpha = new float[m.alphaKind == Alpha.PER_CONNECTION ? m.size : 0];
            sharedAlpha = new double[columns];
            sharedTile = new float[columns * PanelLayout.ROW_UNIT];
            y0 = new float[vectors];
        }

        /** Where the sums over a panel's columns begin that step t's sweep forms for lifetime b. */
        int rowSums(int t, int b, int panel, LifetimeBuffers m) {
            return (((t & 1) * m.batch + b) * m.layout.panels + panel) * m.layout.columns;
        }

        /** Where what M asks for in a panel stands. */
        int signalAt(int t, int b, int panel, LifetimeBuffers m) {
            return ((t & 1) * m.batch + b) * m.layout.panels + panel;
        }

        /** What was gathered by column, for one of the parameters that each neuron has. */
        double[] byColumn(RuleParameter parameter) {
            return switch (parameter) {
                case MODULATOR_WEIGHTS -> modulatorWeights;
                case FAN_OUT_WEIGHTS -> fanOutWeights;
                case FAN_OUT_BIAS -> fanOutBias;
                case ETA, MODULATOR_BIAS -> throw new AssertionError(parameter + " is one number");
            };
        }
    }

    /**
     * The traces of one lifetime from the last step to the first: the first trace of every segment of {@code stride}
     * steps is kept, and those within a segment are lived again when the way back enters it. With a stride of sqrt(T),
     * memory grows with sqrt(T) n^2.
     */
    static final class Replay {
        final int stride;
        final int segments;
        final float[] kept;
        final float[] segment;
        final float[] keptEligibility;
        final float[] segmentEligibility;

        private Replay(LifetimeBuffers m, boolean hasEligibility) {
            stride = (int) Math.ceil(Math.sqrt(m.steps));
            segments = (m.steps + stride - 1) / stride;
            kept = new float[Math.multiplyExact(segments, m.size)];
            segment = new float[Math.multiplyExact(stride, m.size)];
            keptEligibility = new float[hasEligibility ? kept.length : 0];
            segmentEligibility = new float[hasEligibility ? segment.length : 0];
        }
    }
}
