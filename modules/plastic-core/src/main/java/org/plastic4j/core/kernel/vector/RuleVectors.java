package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
import java.util.List;
import org.plastic4j.core.kernel.compiled.NeuronProgram;
import org.plastic4j.core.kernel.compiled.RuleNeurons;
import org.plastic4j.core.rule.NeuronState;

/**
 * The vectors that a compiled rule's connections read at the steps of a lifetime, one array for each of them with a row for
 * each step. A thread of the forward pass has those of two steps to itself; those of all steps lie beside y.
 */
final class RuleVectors {
    private static final int STORED_STEPS = 2;

    private final LifetimeBuffers m;
    private final RuleNeurons.Forward neurons;
    /** Whether all steps are stored, or two. */
    private final boolean all;

    private final float[] y;
    private final float[][] rows;
    private final float[][] columns;
    /** States of neurons before all steps; none where two steps are stored. */
    private final float[][] stored;

    private final List<NeuronState> declared;
    /** Of neurons before the next step to be formed: each of them, of each lifetime. */
    private final float[][][] states;

    private float[] before;
    private float[] now;
    private int lifetime;

    private RuleVectors(
            RuleBuffers s,
            NeuronProgram.Functions functions,
            boolean all,
            float[] y,
            float[][] rows,
            float[][] columns,
            float[]... stored) {
        m = s.m;
        neurons = s.program.neurons().forward(m.layout.columns, functions, s.parameters);
        this.all = all;
        this.y = y;
        this.rows = rows;
        this.columns = columns;
        this.stored = stored;
        before = new float[m.layout.columns];
        now = new float[m.layout.columns];
        declared = s.program.states();
        states = new float[m.batch][declared.size()][m.layout.columns];
        for (int b = 0; b < m.batch; b++) {
            begin(b);
        }
    }

    /** Sets the states of a lifetime's neurons to what they begin with. */
    void begin(int b) {
        for (int k = 0; k < declared.size(); k++) {
            Arrays.fill(states[b][k], 0, m.n, (float) declared.get(k).initial());
        }
    }

    /** The states of a lifetime's neurons, before the next step to be formed. */
    float[][] states(int b) {
        return states[b];
    }

    /** Two steps at a time. */
    static RuleVectors ofTwoSteps(RuleBuffers s, NeuronProgram.Functions functions) {
        int length = PanelLayout.padded(STORED_STEPS * s.m.nextRow());
        RuleNeurons neurons = s.program.neurons();
        float[][] rows = new float[neurons.rows()][length];
        return new RuleVectors(s, functions, false, new float[length], rows, new float[neurons.columns()][length]);
    }

    /** All steps of one lifetime after the other. */
    static RuleVectors ofAllSteps(RuleBuffers s, NeuronProgram.Functions functions) {
        RuleBuffers.Gradients d = s.gradients();
        return new RuleVectors(s, functions, true, s.m.y, d.rowVectors, d.columnVectors, d.states);
    }

    /** Where the row of a step begins. */
    int at(int t) {
        return all ? m.row(t, lifetime) : PanelLayout.START + t % STORED_STEPS * m.nextRow();
    }

    /** Turns to a lifetime whose vectors are there. */
    void turnTo(int b) {
        lifetime = b;
    }

    /** Forms the vectors of all steps' updates, for some columns and the rows of the same indices. */
    void form(int b, int from, int end) {
        lifetime = b;
        begin(b);
        load(0, b);
        for (int t = 1; t <= m.steps; t++) {
            load(t, b);
            for (int k = 0; k < stored.length; k++) {
                System.arraycopy(states[b][k], from, stored[k], at(t) + from, end - from);
            }
            run(t, b, from, end);
        }
    }

    private void run(int t, int b, int from, int end) {
        neurons.run(before, now, states[b]);
        neurons.copyTo(rows, columns, at(t), from, end);
        neurons.advance(states[b]);
    }

    /** Takes y(t). */
    void load(int t, int b) {
        float[] swap = before;
        before = now;
        now = swap;
        System.arraycopy(m.y, m.row(t, b), now, 0, now.length);
        if (!all) {
            System.arraycopy(now, 0, y, at(t), now.length);
        }
    }

    /** Forms those of step t, y(t-1) being what was taken last. */
    void step(int t, int b) {
        load(t, b);
        run(t, b, 0, now.length);
    }

    /** y of the steps stored. */
    float[] y() {
        return y;
    }

    /** The row vectors. */
    float[][] rows() {
        return rows;
    }

    /** The column vectors. */
    float[][] columns() {
        return columns;
    }

    /** All column vectors, and some of them once more. */
    float[][] columnsAnd(List<Integer> which) {
        float[][] more = Arrays.copyOf(columns, columns.length + which.size());
        for (int k = 0; k < which.size(); k++) {
            more[columns.length + k] = columns[which.get(k)];
        }
        return more;
    }

    /**
     * Puts row vectors of a step's update side by side, and the output of a step after them.
     *
     * @param t of no effect where there are no row vectors
     * @param x gets them, row by row
     */
    void putRows(int t, int output, int count, float[] x) {
        int side = count + 1;
        for (int k = 0; k < count && t > 0; k++) {
            put(rows[k], at(t), x, k, side);
        }
        put(y, at(output), x, count, side);
    }

    private void put(float[] vector, int from, float[] x, int at, int side) {
        int rowsOfLayer = m.layout.rows;
        for (int i = 0, to = at; i < rowsOfLayer; i++, to += side) {
            x[to] = vector[from + i];
        }
    }
}
