package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.VectorLanes.SPECIES;
import static org.plastic4j.core.kernel.vector.VectorLanes.WIDTH;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import org.plastic4j.core.kernel.compiled.Functions;
import org.plastic4j.core.kernel.compiled.NeuronProgram;
import org.plastic4j.core.kernel.compiled.RuleNeurons;
import org.plastic4j.core.kernel.compiled.RuleProgram;

/**
 * One thread's part of the backward pass of a compiled rule's lifetimes, one after another. The pass of step t, from T to 0,
 * takes the gradient of H(t+1) from the product of step t + 1 and from what that step's update left in memory, and goes back
 * through the update of step t.
 */
abstract class VectorRuleGradient {
    private static final Functions.Addition ADDITION = Functions.addition(MethodHandles.lookup(), SPECIES, WIDTH);
    private static final Functions.Slope SLOPE = Functions.slope(MethodHandles.lookup(), SPECIES, WIDTH);

    final RuleBuffers s;
    final LifetimeBuffers m;
    final RuleBuffers.Gradients d;
    final RuleVectors vectors;
    private final RuleProgram program;
    private final RuleNeurons.Backward neurons;
    /** Row gradients of a step from all panels. */
    private final float[][] rowGradients;

    private final float[][] columnGradients;
    /** What step t + 1 passes to y(t) as its x, and the gradient of y(t). */
    private float[] passed;

    private float[] passes;
    private final float[] outputs;
    private final float[] before;
    private final float[] now;
    /** Of neurons before a step, and the gradients of those after it. */
    private final float[][] states;

    private final float[][] stateGradients;

    private Partition partition;
    private RuleBuffers.Checkpoints checkpoints;
    /** The traces of each lifetime before its first step. */
    private float[][][] first;

    private boolean clamped;
    private int entered;

    VectorRuleGradient(RuleBuffers s) {
        this.s = s;
        m = s.m;
        d = s.gradients();
        program = s.program;
        NeuronProgram.Functions functions = new VectorFunctions();
        vectors = RuleVectors.ofAllSteps(s, functions);
        int length = m.layout.columns;
        neurons = program.neurons().backward(length, functions, s.parameters);
        rowGradients = new float[program.rowGradientCount()][length];
        columnGradients = new float[program.columnCount()][length];
        for (int k = 0; k < rowGradients.length; k++) {
            neurons.bindRowGradient(k, rowGradients[k]);
        }
        for (int k = 0; k < columnGradients.length; k++) {
            neurons.bindColumnGradient(k, columnGradients[k]);
        }
        passed = new float[length];
        passes = new float[length];
        outputs = new float[length];
        before = new float[length];
        now = new float[length];
        states = new float[d.states.length][length];
        stateGradients = new float[d.states.length][length];
        for (int k = 0; k < states.length; k++) {
            neurons.bindStateGradient(k, stateGradients[k]);
        }
    }

    /** By vectors, or in plain floats where there are none. */
    static VectorRuleGradient of(RuleBuffers s) {
        return SPECIES == null ? new VectorFlatGradient(s) : new VectorBlockGradient(s);
    }

    final RuleBuffers.Checkpoints checkpoints() {
        return checkpoints;
    }

    /** Reads row vectors: those of step t's update, and y(t). */
    abstract void readRows(int t);

    /**
     * From the traces before a step to those after each of some steps.
     *
     * @param step the first of them
     * @param to the traces after each step
     */
    abstract void replay(int panel, int step, float[][] from, int count, float[]... to);

    /**
     * The pass of step t over a panel.
     *
     * @param matrices what it reads, with the traces before step t's update
     */
    abstract void pass(int panel, int t, int b, float[][] matrices);

    /**
     * The gradients of W and alpha, when all g(t) are known.
     *
     * @param firstTraces what each lifetime reads with the traces before its first step
     */
    abstract void products(Partition ofThread, float[][][] firstTraces);

    /**
     * Goes back through a part of a call's lifetimes.
     *
     * @param given whether there are traces before their first steps
     */
    void run(Partition part, RuleBuffers.Checkpoints ofThread, boolean given, boolean isClamped) {
        partition = part;
        checkpoints = ofThread;
        first = d.first(given);
        clamped = isClamped;
        partition.forEachLifetime(m, b -> {
            vectors.form(b, m.layout.start(partition.firstPanel()), m.layout.start(partition.endPanel()));
            if (partition.isJoint(m)) {
                partition.group().await();
            }
            keepTraces(b);
            Arrays.fill(passed, 0);
            for (float[] gradient : stateGradients) {
                Arrays.fill(gradient, 0);
            }
            for (int t = m.steps; t >= 0; t--) {
                step(t, b);
            }
        });
        partition.group().await();
        products(partition, first);
    }

    /** Stores the traces before every chunk; a lifetime's first ones are there. */
    private void keepTraces(int b) {
        entered = checkpoints.chunks;
        for (int panel = partition.firstPanel(); panel < partition.endPanel(); panel++) {
            s.copyTraces(panel, first[b], checkpoints.first[0]);
            int count = (checkpoints.chunks - 1) * checkpoints.stride;
            replay(panel, 1, checkpoints.first[0], count, checkpoints.ofChunks);
        }
    }

    /** Recomputes all traces of the chunk that step t lies in. */
    private void enter(int chunk) {
        int step = chunk * checkpoints.stride + 1;
        int count = Math.min(checkpoints.stride, m.steps - step + 1) - 1;
        for (int panel = partition.firstPanel(); panel < partition.endPanel(); panel++) {
            replay(panel, step, checkpoints.first[chunk], count, checkpoints.ofSteps);
        }
        entered = chunk;
    }

    private void step(int t, int b) {
        int inLifetime = Math.max(t, 1) - 1;
        int chunk = inLifetime / checkpoints.stride;
        if (chunk != entered) {
            enter(chunk);
        }
        int inChunk = inLifetime - chunk * checkpoints.stride;
        float[][] traces = inChunk == 0 ? checkpoints.first[chunk] : checkpoints.further[inChunk - 1];
        readRows(t);
        for (int panel = partition.firstPanel(); panel < partition.endPanel(); panel++) {
            pass(panel, t, b, traces);
        }
        if (partition.isJoint(m)) {
            partition.group().await();
        }
        if (t > 0) {
            collect(t, b);
        } else {
            collectInitial(b);
        }
    }

    /** Adds the sums of a step's rows from all panels. */
    private void addRowSums(int which, int t, int b, float[] to) {
        float[] rowSums = d.rowSums[which];
        for (int panel = 0; panel < m.layout.panels; panel++) {
            int at = d.rowSums(t, b, panel);
            ADDITION.run(rowSums, at, to, m.layout.columns);
        }
    }

    /**
     * From all gradients of y(t) to g(t), in whose place stands the one that comes in, and on to what the rule learns. What
     * does not belong to a panel every thread computes, from the same values in the same order.
     */
    private void collect(int t, int b) {
        int from = m.layout.start(partition.firstPanel());
        int end = m.layout.end(partition.endPanel() - 1);
        int row = m.row(t, b);
        System.arraycopy(passed, 0, outputs, 0, outputs.length);
        addRowSums(0, t, b, outputs);
        for (int k = 0; k < columnGradients.length; k++) {
            System.arraycopy(d.columnSums[k], d.columnSums(t, b), columnGradients[k], 0, m.layout.columns);
        }
        for (int k = 0; k < rowGradients.length; k++) {
            Arrays.fill(rowGradients[k], 0);
            addRowSums(1 + k, t, b, rowGradients[k]);
        }
        System.arraycopy(m.y, m.row(t - 1, b), before, 0, before.length);
        System.arraycopy(m.y, row, now, 0, now.length);
        for (int k = 0; k < states.length; k++) {
            System.arraycopy(d.states[k], row, states[k], 0, m.layout.columns);
        }
        neurons.run(before, now, states);
        neurons.addPost(outputs);
        // What is the same for all neurons has no end at the last one.
        Arrays.fill(outputs, m.n, outputs.length, 0);
        Arrays.fill(passes, 0);
        neurons.addPre(passes);
        neurons.passStates(stateGradients);
        float[] swap = passed;
        passed = passes;
        passes = swap;
        if (partition.firstPanel() == 0) {
            neurons.addParameters(d.parameters[b]);
        }
        finish(row, from, end);
        if (clamped) {
            clamp(t, b, from, end);
        }
    }

    /** Adds what comes in, and multiplies by the slope of tanh. */
    private void finish(int row, int from, int end) {
        SLOPE.run(m.y, d.g, row + from, outputs, from, end - from);
    }

    private void clamp(int t, int b, int from, int end) {
        int clamp = m.clampRow(t, b);
        int row = m.row(t, b);
        System.arraycopy(outputs, from, d.valueGradient, clamp + from, end - from);
        for (int j = from; j < end; j++) {
            if (m.mask[clamp + j] != 0) {
                d.g[row + j] = 0;
            }
        }
    }

    private void collectInitial(int b) {
        System.arraycopy(passed, 0, outputs, 0, outputs.length);
        addRowSums(0, 0, b, outputs);
        int from = m.layout.start(partition.firstPanel());
        int end = m.layout.end(partition.endPanel() - 1);
        System.arraycopy(outputs, from, d.y0, b * m.layout.columns + from, end - from);
    }
}
