package org.plastic4j.core.kernel.compiled;

import java.util.concurrent.ConcurrentHashMap;

/**
 * The loops of a rule over connections, for matrices cut into blocks of one vector of columns, each stored row after row. In
 * all of them, vectors of columns are arrays that are read at a column; vectors of rows are read row by row.
 */
public final class RuleLoops {
    /**
     * A step forward of a block: the trace's update of the step before, if there is one, and with it x (W + alpha H).
     */
    public interface Forward {
        /**
         * Runs it.
         *
         * @param matrices W, alpha, the traces, matrices of parameters
         * @param from where the block begins in them
         * @param x for each row the {@link RuleNeurons#rows()} row vectors of the update, then what comes into the step
         * @param columns the column vectors of the update, from {@code column} on
         * @param pre gets the products, added to what is there, from {@code preAt} on
         */
        void run(
                float[][] matrices,
                int from,
                int rows,
                float[] x,
                float[][] columns,
                int column,
                float[] pre,
                int preAt);
    }

    /** Traces after each of several steps, of a few rows of a block. */
    public interface Replay {
        /**
         * Runs it.
         *
         * @param matrices W, alpha, the traces before, matrices of parameters
         * @param rows the row vectors, from {@code row} on, a step {@code next} behind the other
         * @param columns the column vectors
         * @param to the traces after each step
         */
        void run(
                float[][] matrices,
                int tile,
                float[][] rows,
                int row,
                float[][] columns,
                int column,
                int next,
                int count,
                float[][] to);
    }

    /** A step backward of a block, see docs/kernel.md. */
    public interface Backward {
        /**
         * Runs it.
         *
         * @param matrices W, alpha, the traces before the update, matrices of parameters
         * @param gradients of the traces, updated in place, and of matrices of parameters, added to
         * @param x for each row the row vectors of the update, then the output that the update's traces are multiplied with
         * @param columns the column vectors of the update from {@code column} on, then those that the deferred row gradient
         *     of the next step reads from {@code later} on
         * @param g the gradient of the next step's pre-activations, from {@code gAt} on
         * @param totals a vector for each row: of the product, then of each row gradient that is not deferred
         * @param sums of each column vector's gradient, from {@code sumAt} on
         */
        void run(
                float[][] matrices,
                float[][] gradients,
                int from,
                int rows,
                float[] x,
                float[][] columns,
                int column,
                int later,
                float[] g,
                int gAt,
                float[][] totals,
                float[][] sums,
                int sumAt);
    }

    /** What one lifetime adds to dW and dalpha of a few rows of a block. */
    public interface Products {
        /**
         * Runs it.
         *
         * @param matrices W, alpha, the traces before the first step, matrices of parameters
         * @param rows the row vectors, from {@code row} on, a step {@code next} behind the other
         * @param x what comes into each step, from {@code xAt} on
         * @param columns the column vectors
         * @param g the gradients of pre-activations
         */
        void run(
                float[][] matrices,
                int tile,
                float[][] rows,
                int row,
                float[] x,
                int xAt,
                float[][] columns,
                int column,
                float[] g,
                int gAt,
                int next,
                int count,
                float[] w,
                float[] alpha,
                int alphaTile);
    }

    private record Key(RuleProgram program, LoopWidth width) {}

    private static final ConcurrentHashMap<Key, RuleLoops> KNOWN = new ConcurrentHashMap<>();

    private final Forward first;
    private final Forward step;
    private final Forward last;
    private final int tileRows;
    private final Replay replay;
    private final Products products;
    private final Backward lastBackward;
    private final Backward stepBackward;
    private final Backward firstBackward;

    private RuleLoops(RuleProgram program, LoopWidth width) {
        RuleDump dump = new RuleDump(program);
        dump.text();
        ForwardLoops forward = new ForwardLoops(program, width, dump);
        first = forward.step(false, true);
        step = forward.step(true, true);
        last = forward.step(true, false);
        TileLoops tiles = new TileLoops(program, width, dump);
        tileRows = tiles.rowsAtATime();
        replay = tiles.replay();
        products = tiles.products();
        BackwardLoops backward = new BackwardLoops(program, width, dump);
        lastBackward = backward.step(true, false);
        stepBackward = backward.step(true, true);
        firstBackward = backward.step(false, true);
    }

    /**
     * The loops of a program, made once.
     *
     * @param lanes the species of vectors
     * @param blockWidth how many lanes there are
     * @param nextTotal from one row's vector to the next in totals
     */
    public static RuleLoops of(RuleProgram program, Object lanes, int blockWidth, int nextTotal) {
        LoopWidth width = new LoopWidth(lanes, blockWidth, nextTotal);
        return KNOWN.computeIfAbsent(new Key(program, width), key -> new RuleLoops(program, width));
    }

    /** Of a step: the first one updates no trace, and after the last one there is no product. */
    public Forward forward(int t, int steps) {
        return t == 1 ? first : t > steps ? last : step;
    }

    public Replay replays() {
        return replay;
    }

    /** Of step t, from T to 0. */
    public Backward backward(int t, int steps) {
        return t == 0 ? firstBackward : t == steps ? lastBackward : stepBackward;
    }

    public Products ofProducts() {
        return products;
    }

    /** How many rows replays and products take at a time. */
    public int tileRows() {
        return tileRows;
    }
}
