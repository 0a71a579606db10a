package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.spec.Slot;

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
    /** The current traces of each lifetime. */
    final BoundedTraces[] traces;

    private final boolean hasEligibility;

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
        this.hasEligibility = hasEligibility;
        traces = BoundedTraces.several(m.batch, m, hasEligibility);
    }

    boolean hasEligibility() {
        return hasEligibility;
    }

    /**
     * The traces of each lifetime before its first step, for the way back, once {@link BoundedTransfer#loadFirstTraces} has
     * been.
     */
    BoundedTraces[] first(LifetimeTensors in) {
        return beginsFromTraces(in) ? traces : gradients().none;
    }

    static boolean beginsFromTraces(LifetimeTensors in) {
        return in.has(Slot.HEBB0) || in.has(Slot.ELIGIBILITY0);
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
        /**
         * g(0) .. g(T), the gradients of the pre-activations, by {@link LifetimeBuffers#row}; g(0) stays zero. In the
         * beginning, what the graph asks of y.
         */
        final float[] g;
        /** The gradients of each lifetime's traces. */
        final BoundedTraces[] traces;
        /** The first traces of each lifetime where none are given: the same zeros for all, which stay in the cache. */
        private final BoundedTraces[] none;
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
        /** The gradient of what neurons are clamped to, [T, B, n]; null until some are. */
        float[] valueGradient;

        private Gradients(BoundedBuffers buffers) {
            LifetimeBuffers m = buffers.m;
            int columns = m.layout.columns;
            int vectors = m.batch * columns;
            g = new float[m.y.length];
            traces = BoundedTraces.several(m.batch, m, buffers.hasEligibility);
            none = new BoundedTraces[m.batch];
            Arrays.fill(none, BoundedTraces.of(m, buffers.hasEligibility));
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
        double[] byColumn(Slot slot) {
            return switch (slot) {
                case MODULATOR_WEIGHTS -> modulatorWeights;
                case FAN_OUT_WEIGHTS -> fanOutWeights;
                case FAN_OUT_BIAS -> fanOutBias;
                default -> throw new AssertionError(slot + " is not gathered by column");
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
        /** The first traces of every segment. */
        final BoundedTraces[] first;
        /** The traces of a segment's steps but its first. */
        final BoundedTraces[] further;

        private Replay(LifetimeBuffers m, boolean hasEligibility) {
            stride = (int) Math.ceil(Math.sqrt(m.steps));
            segments = (m.steps + stride - 1) / stride;
            first = BoundedTraces.several(segments, m, hasEligibility);
            further = BoundedTraces.several(stride - 1, m, hasEligibility);
        }
    }
}
