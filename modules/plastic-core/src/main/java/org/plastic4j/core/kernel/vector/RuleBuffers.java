package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.kernel.compiled.RuleProgram;
import org.plastic4j.core.rule.RuleParameter;

/** What the vector kernel needs for compiled rules, besides {@link LifetimeBuffers}. */
final class RuleBuffers {
    /** Where the traces begin among the matrices of a lifetime. */
    static final int TRACES = 2;

    final LifetimeBuffers m;
    final RuleProgram program;
    /** The rule's parameters in their order: one number, [columns], or a matrix. */
    final float[][] parameters;
    /**
     * What the loops of each lifetime read: W, alpha, its current traces from {@link #TRACES} on, and the matrices among the
     * rule's parameters. All are in the layout of W, so that one index serves them.
     */
    final float[][][] matrices;

    /** Made when the first gradient is asked for. */
    private Gradients gradients;
    /** What threads keep from call to call. */
    private final Map<PartKey, Object> parts = new ConcurrentHashMap<>();

    private record PartKey(Class<?> type, int thread) {}

    RuleBuffers(LifetimeBuffers m, RuleProgram program) {
        this.m = m;
        this.program = program;
        parameters = program.parameters().stream()
                .map(parameter -> new float
                        [switch (parameter.size()) {
                            case ONE -> 1;
                            case PER_NEURON -> m.layout.columns;
                            case PER_CONNECTION -> m.size;
                        }])
                .toArray(float[][]::new);
        matrices = new float[m.batch][][];
        Arrays.setAll(matrices, b -> withTraces());
    }

    /** The same matrices with traces of their own, which are zero. */
    private float[][] withTraces() {
        float[][] all = new float[TRACES + program.traces() + program.matrixCount()][];
        all[0] = m.w;
        all[1] = m.alpha;
        for (int k = 0; k < program.traces(); k++) {
            all[TRACES + k] = new float[m.size];
        }
        for (int k = 0; k < program.matrixCount(); k++) {
            all[TRACES + program.traces() + k] = parameters[program.matrix(k)];
        }
        return all;
    }

    /** Copies a panel of traces to the same index in others. */
    void copyTraces(int panel, float[][] from, float[][] to) {
        int begin = m.layout.at(m.layout.start(panel), 0);
        int length = m.layout.blockRows * m.layout.filled(panel);
        for (int k = TRACES; k < TRACES + program.traces(); k++) {
            System.arraycopy(from[k], begin, to[k], begin, length);
        }
    }

    Gradients gradients() {
        if (gradients == null) {
            gradients = new Gradients();
        }
        return gradients;
    }

    /** The traces of a thread, or of threads that share them. */
    Checkpoints checkpoints(int index) {
        return part(Checkpoints.class, index, buffers -> buffers.new Checkpoints());
    }

    /** What a thread keeps from call to call, made when it is first asked for. */
    <T> T part(Class<T> type, int thread, Function<RuleBuffers, T> made) {
        return type.cast(parts.computeIfAbsent(new PartKey(type, thread), missing -> made.apply(this)));
    }

    /** The gradients of a batch of lifetimes. */
    final class Gradients {
        /**
         * g(0) .. g(T), the gradients of the pre-activations, by {@link LifetimeBuffers#row}; g(0) stays zero. In the
         * beginning, those of the outputs as they come in.
         */
        final float[] g = new float[m.y.length];
        /** Of each lifetime: of its traces, then of the matrices among the rule's parameters. */
        final float[][][] matrices = new float[m.batch][program.traces() + program.matrixCount()][m.size];
        /** The first traces of each lifetime where none are given: the same zeros for all, which stay in the cache. */
        private final float[][][] none = new float[m.batch][][];
        /** Row and column vectors of all steps' updates, each like y. */
        final float[][] rowVectors = new float[program.neurons().rows()][m.y.length];

        final float[][] columnVectors = new float[program.neurons().columns()][m.y.length];
        /** States of neurons before all steps, each like y. */
        final float[][] states = new float[program.states().size()][m.y.length];
        /** Sums over columns by panel of products and row gradients, two steps' worth: [2, B, panels, columns] each. */
        final float[][] rowSums =
                new float[1 + program.rowGradientCount()][2 * m.batch * m.layout.panels * m.layout.columns];
        /** Sums over rows of each column vector's gradient, two steps' worth: [2, B, columns] each. */
        final float[][] columnSums = new float[program.columnCount()][2 * m.batch * m.layout.columns];
        /** Of each parameter but matrices, by lifetime. */
        final double[][][] parameters = new double[m.batch][program.parameters().size()][];
        /** In the place of W, which nothing reads any more when it is formed. */
        final float[] w = m.w;

        final float[] alpha = new float[m.alphaKind == Alpha.PER_CONNECTION ? m.size : 0];
        /** Of a shared alpha by column unit, and where a tile of it is gathered. */
        final double[] sharedAlpha = new double[m.layout.columns];

        final float[] sharedTile = new float[m.layout.columns * PanelLayout.ROW_UNIT];
        /** The gradient of y(0), [B, columns]. */
        final float[] y0 = new float[m.batch * m.layout.columns];
        /** The gradient of what neurons are clamped to, [T, B, n]; null until some are. */
        float[] valueGradient;

        private Gradients() {
            Arrays.fill(none, withTraces());
            for (double[][] lifetime : parameters) {
                Arrays.setAll(
                        lifetime,
                        k -> new double
                                [program.parameters().get(k).size() == RuleParameter.Size.PER_CONNECTION
                                        ? 0
                                        : RuleBuffers.this.parameters[k].length]);
            }
        }

        /** What the loops read with the traces of each lifetime before its first step. */
        float[][][] first(boolean given) {
            return given ? RuleBuffers.this.matrices : none;
        }

        /** Where the sums over a panel's columns begin that step t's pass forms for lifetime b. */
        int rowSums(int t, int b, int panel) {
            return (((t & 1) * m.batch + b) * m.layout.panels + panel) * m.layout.columns;
        }

        /** Where the sums over rows begin that step t's pass forms for lifetime b. */
        int columnSums(int t, int b) {
            return ((t & 1) * m.batch + b) * m.layout.columns;
        }
    }

    /**
     * The traces of one lifetime from the last step to the first: those before every chunk of {@code stride} steps are stored,
     * and those within a chunk are recomputed when the backward pass enters it. With a stride of sqrt(T), memory grows with
     * sqrt(T) n^2.
     */
    final class Checkpoints {
        final int stride = (int) Math.ceil(Math.sqrt(m.steps));
        final int chunks = (m.steps + stride - 1) / stride;
        /** What the loops read with the traces before every chunk. */
        final float[][][] first = new float[chunks][][];
        /** The same before a chunk's steps but its first. */
        final float[][][] further = new float[stride - 1][][];
        /** Where a replay of all chunks puts the traces after each step: those before a chunk are what stays. */
        final float[][] ofChunks = new float[(chunks - 1) * stride * program.traces()][];
        /** Where a replay of a chunk puts them. */
        final float[][] ofSteps = new float[(stride - 1) * program.traces()][];

        private Checkpoints() {
            Arrays.setAll(first, k -> withTraces());
            Arrays.setAll(further, k -> withTraces());
            int count = program.traces();
            Arrays.setAll(ofChunks, k -> first[k / count / stride + 1][TRACES + k % count]);
            Arrays.setAll(ofSteps, k -> further[k / count][TRACES + k % count]);
        }
    }
}
