package org.plastic4j.core.kernel.compiled;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Floats;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Int;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Variable;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Vector;
import org.plastic4j.core.kernel.compiled.Node.Source;

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

    /** This mask leaves indices below 2^30 as they are, from which the compiler knows that a little more does not overflow. */
    private static final int INDICES = (1 << 30) - 1;
    /** W and alpha, the first among the matrices. */
    private static final int FIXED = 2;
    /** So many operations on a connection, and no more, are written out for several rows at a time. */
    private static final int FOUR_ROWS = 8;

    private static final int TWO_ROWS = 24;

    private record Key(RuleProgram program, Object lanes) {}

    private static final ConcurrentHashMap<Key, RuleLoops> KNOWN = new ConcurrentHashMap<>();

    private final RuleProgram program;
    private final Object lanes;
    private final int blockWidth;
    private final int nextTotal;

    private final List<Node> rows;
    private final List<Node> columns;
    private final List<Node> rowsOfGradients;
    private final List<Node> columnsOfGradients;
    private final List<Node> columnsOfDeferred;
    private final int tileRows;

    private final Forward first;
    private final Forward step;
    private final Forward last;
    private final Replay replay;
    private final Backward lastBackward;
    private final Backward stepBackward;
    private final Backward firstBackward;
    private final Products products;

    private RuleLoops(RuleProgram program, Object lanes, int blockWidth, int nextTotal) {
        this.program = program;
        this.lanes = lanes;
        this.blockWidth = blockWidth;
        this.nextTotal = nextTotal;
        rows = program.rows;
        columns = program.columns;
        rowsOfGradients = program.rowsOfGradients();
        columnsOfGradients = program.columnsOfGradients();
        columnsOfDeferred = program.columnsOfDeferred();
        int operations = operations(program.next);
        tileRows = lanes == null || operations <= FOUR_ROWS ? 4 : operations <= TWO_ROWS ? 2 : 1;
        first = forward(false, true);
        step = forward(true, true);
        last = forward(true, false);
        replay = replay();
        lastBackward = backward(true, false);
        stepBackward = backward(true, true);
        firstBackward = backward(false, true);
        products = products();
    }

    /**
     * The loops of a program, made once.
     *
     * @param lanes the species of vectors
     * @param blockWidth how many lanes there are
     * @param nextTotal from one row's vector to the next in totals
     */
    public static RuleLoops of(RuleProgram program, Object lanes, int blockWidth, int nextTotal) {
        return KNOWN.computeIfAbsent(
                new Key(program, lanes), key -> new RuleLoops(program, lanes, blockWidth, nextTotal));
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

    /**
     * How many rows a pass takes at a time: sums of their own keep the processor from waiting for one addition after the
     * other. Of one vector, two are enough beside what else there is to do.
     */
    private int together(int operations) {
        if (lanes == null) {
            return operations <= 2 * FOUR_ROWS ? 4 : operations <= TWO_ROWS ? 2 : 1;
        }
        return operations <= 2 * FOUR_ROWS ? 2 : 1;
    }

    private static Vector sum(Vector... sums) {
        Vector sum = sums[0];
        for (int k = 1; k < sums.length; k++) {
            sum = sum.add(sums[k]);
        }
        return sum;
    }

    /** An index of which the compiler is to know that a little more does not overflow; plain loops need no such help. */
    private Int index(Int at) {
        return lanes == null ? at : at.and(INDICES);
    }

    private static int operations(Collection<Node> roots) {
        List<Node> seen = new ArrayList<>();
        roots.forEach(root -> collect(root, seen));
        return seen.size();
    }

    private static void collect(Node node, List<Node> seen) {
        if (node.ofConnections() && node.op != Node.Op.INPUT && !seen.contains(node)) {
            seen.add(node);
            node.arguments.forEach(argument -> collect(argument, seen));
        }
    }

    private <T> T assemble(Class<T> shape, java.util.function.Consumer<LoopBuilder> body) {
        return LoopBuilder.build(MethodHandles.lookup(), shape, lanes, body);
    }

    private static Node trace(RuleProgram program, int k) {
        return program.nodes.input(Source.TRACE, k, Node.CONNECTIONS);
    }

    private Node gradient(int k) {
        return program.nodes.input(Source.TRACE_GRADIENT, k, Node.CONNECTIONS);
    }

    private Node parameter(int k) {
        return program.nodes.input(Source.PARAMETER, program.matrices.get(k), Node.CONNECTIONS);
    }

    private static Vector[] load(LoopBuilder loop, int from, int count, LoopBuilder.FloatArrays arrays, Int at) {
        Vector[] vectors = new Vector[count];
        for (int k = 0; k < count; k++) {
            vectors[k] = loop.let(loop.load(loop.element(arrays, loop.constant(from + k)), at));
        }
        return vectors;
    }

    private static Floats[] elements(LoopBuilder loop, int from, int count, LoopBuilder.FloatArrays arrays) {
        Floats[] elements = new Floats[count];
        for (int k = 0; k < count; k++) {
            elements[k] = loop.element(arrays, loop.constant(from + k));
        }
        return elements;
    }

    private Forward forward(boolean updates, boolean multiplies) {
        int traces = program.next.size();
        int side = rows.size() + 1;
        int together = together(operations(program.next));
        return assemble(Forward.class, loop -> {
            LoopBuilder.FloatArrays matrices = loop.arrays();
            Int from = loop.integer();
            Int rowCount = loop.integer();
            Floats x = loop.floats();
            LoopBuilder.FloatArrays columnArrays = loop.arrays();
            Int column = loop.integer();
            Floats pre = loop.floats();
            Int preAt = loop.integer();
            Floats[] fixed = elements(loop, 0, FIXED, matrices);
            Floats[] trace = elements(loop, FIXED, traces, matrices);
            Floats[] parameters = elements(loop, FIXED + traces, program.matrices.size(), matrices);
            Map<Double, ConnectionCode.Bound> bounds = updates ? ConnectionCode.bounds(loop, program.next) : Map.of();
            Vector[] vectors = updates ? load(loop, 0, columns.size(), columnArrays, column) : new Vector[0];
            Variable[] sums = new Variable[together];
            for (int row = 0; row < together && multiplies; row++) {
                sums[row] = loop.let(row == 0 ? loop.load(pre, preAt) : loop.zero());
            }
            loop.loop(rowCount, together, r -> {
                Int at = loop.let(index(from.plus(r.times(blockWidth))));
                Int f = loop.let(index(r.times(side)));
                for (int row = 0; row < together; row++) {
                    Int here = at.plus(row * blockWidth);
                    Vector hebb;
                    if (updates) {
                        ConnectionCode code = code(loop, program.next, bounds, trace, parameters, here);
                        putVectors(code, loop, x, f.plus(row * side), rows, vectors, columns);
                        Vector[] next = new Vector[traces];
                        for (int k = 0; k < traces; k++) {
                            next[k] = loop.let(code.of(program.next.get(k)));
                        }
                        for (int k = 0; k < traces; k++) {
                            loop.store(next[k], trace[k], here);
                        }
                        hebb = next[0];
                    } else {
                        hebb = loop.load(trace[0], here);
                    }
                    if (multiplies) {
                        Vector connection = loop.load(fixed[1], here).fma(hebb, loop.load(fixed[0], here));
                        Vector in = loop.broadcast(x, f.plus(row * side + rows.size()));
                        sums[row].set(connection.fma(in, sums[row]));
                    }
                }
            });
            if (multiplies) {
                loop.store(sum(sums), pre, preAt);
            }
        });
    }

    private ConnectionCode code(
            LoopBuilder loop,
            Collection<Node> roots,
            Map<Double, ConnectionCode.Bound> bounds,
            Floats[] trace,
            Floats[] parameters,
            Int at) {
        ConnectionCode code = new ConnectionCode(loop, roots, bounds);
        for (int k = 0; k < trace.length; k++) {
            code.put(trace(program, k), loop.let(loop.load(trace[k], at)));
        }
        for (int k = 0; k < parameters.length; k++) {
            code.put(parameter(k), loop.let(loop.load(parameters[k], at)));
        }
        return code;
    }

    private static void putVectors(
            ConnectionCode code,
            LoopBuilder loop,
            Floats x,
            Int f,
            List<Node> rowNodes,
            Vector[] vectors,
            List<Node> columnNodes) {
        for (int k = 0; k < rowNodes.size(); k++) {
            code.put(rowNodes.get(k), loop.let(loop.broadcast(x, f.plus(k))));
        }
        for (int k = 0; k < columnNodes.size(); k++) {
            code.put(columnNodes.get(k), vectors[k]);
        }
    }

    /** The traces of a tile in registers, and how they go on from step to step. */
    private final class Tile {
        private final LoopBuilder loop;
        private final Map<Double, ConnectionCode.Bound> bounds;
        final Variable[][] traces = new Variable[tileRows][program.next.size()];
        private final Vector[][] parameters = new Vector[tileRows][program.matrices.size()];

        Tile(LoopBuilder loop, LoopBuilder.FloatArrays matrices, Int tile) {
            this.loop = loop;
            bounds = ConnectionCode.bounds(loop, program.next);
            int count = program.next.size();
            Floats[] arrays = elements(loop, FIXED, count + program.matrices.size(), matrices);
            for (int row = 0; row < tileRows; row++) {
                for (int k = 0; k < count; k++) {
                    traces[row][k] = loop.let(loop.load(arrays[k], tile.plus(row * blockWidth)));
                }
                for (int k = 0; k < parameters[row].length; k++) {
                    parameters[row][k] = loop.let(loop.load(arrays[count + k], tile.plus(row * blockWidth)));
                }
            }
        }

        /** Reads a step's column vectors. */
        Vector[] columnsAt(Floats[] arrays, Int at) {
            Vector[] vectors = new Vector[columns.size()];
            for (int c = 0; c < vectors.length; c++) {
                vectors[c] = loop.let(loop.load(arrays[c], at));
            }
            return vectors;
        }

        /**
         * From the traces of a row to the next.
         *
         * @param x what came into the step, if that is known
         */
        void advance(int row, Floats[] rowVectors, Int rowAt, Vector[] columnVectors, Vector x) {
            ConnectionCode code = new ConnectionCode(loop, program.next, bounds);
            for (int k = 0; k < traces[row].length; k++) {
                code.put(trace(program, k), traces[row][k]);
            }
            for (int k = 0; k < parameters[row].length; k++) {
                code.put(parameter(k), parameters[row][k]);
            }
            for (int k = 0; k < rowVectors.length; k++) {
                boolean isX = x != null && rows.get(k) == program.nodes.input(Source.PRE, 0, Node.ROWS);
                code.put(rows.get(k), isX ? x : loop.let(loop.broadcast(rowVectors[k], rowAt.plus(row))));
            }
            for (int k = 0; k < columnVectors.length; k++) {
                code.put(columns.get(k), columnVectors[k]);
            }
            if (traces[row].length == 1) {
                traces[row][0].set(code.of(program.next.get(0)));
                return;
            }
            Vector[] next = new Vector[traces[row].length];
            for (int k = 0; k < next.length; k++) {
                next[k] = loop.let(code.of(program.next.get(k)));
            }
            for (int k = 0; k < next.length; k++) {
                traces[row][k].set(next[k]);
            }
        }
    }

    private Replay replay() {
        return assemble(Replay.class, loop -> {
            LoopBuilder.FloatArrays matrices = loop.arrays();
            Int tileAt = loop.integer();
            LoopBuilder.FloatArrays rowArrays = loop.arrays();
            Int row = loop.integer();
            LoopBuilder.FloatArrays columnArrays = loop.arrays();
            Int column = loop.integer();
            Int next = loop.integer();
            Int count = loop.integer();
            LoopBuilder.FloatArrays to = loop.arrays();
            Int at = loop.let(index(tileAt));
            Tile tile = new Tile(loop, matrices, at);
            Floats[] rowVectors = elements(loop, 0, rows.size(), rowArrays);
            Floats[] columnVectors = elements(loop, 0, columns.size(), columnArrays);
            loop.loop(count, 1, k -> {
                Vector[] ofStep = tile.columnsAt(columnVectors, loop.let(index(column.plus(k.times(next)))));
                Int rowAt = loop.let(index(row.plus(k.times(next))));
                for (int r = 0; r < tileRows; r++) {
                    tile.advance(r, rowVectors, rowAt, ofStep, null);
                }
                for (int trace = 0; trace < program.next.size(); trace++) {
                    Floats target =
                            loop.element(to, k.times(program.next.size()).plus(trace));
                    for (int r = 0; r < tileRows; r++) {
                        loop.store(tile.traces[r][trace], target, at.plus(r * blockWidth));
                    }
                }
            });
        });
    }

    private Products products() {
        return assemble(Products.class, loop -> {
            LoopBuilder.FloatArrays matrices = loop.arrays();
            Int tileAt = loop.integer();
            LoopBuilder.FloatArrays rowArrays = loop.arrays();
            Int row = loop.integer();
            Floats x = loop.floats();
            Int xAt = loop.integer();
            LoopBuilder.FloatArrays columnArrays = loop.arrays();
            Int column = loop.integer();
            Floats g = loop.floats();
            Int gAt = loop.integer();
            Int next = loop.integer();
            Int count = loop.integer();
            Floats w = loop.floats();
            Floats alpha = loop.floats();
            Int alphaAt = loop.integer();
            Int at = loop.let(index(tileAt));
            Tile tile = new Tile(loop, matrices, at);
            Floats[] rowVectors = elements(loop, 0, rows.size(), rowArrays);
            Floats[] columnVectors = elements(loop, 0, columns.size(), columnArrays);
            Variable[] dw = new Variable[tileRows];
            Variable[] dalpha = new Variable[tileRows];
            for (int r = 0; r < tileRows; r++) {
                dw[r] = loop.let(loop.load(w, at.plus(r * blockWidth)));
                dalpha[r] = loop.let(loop.load(alpha, alphaAt.plus(r * blockWidth)));
            }
            loop.loop(count, 1, k -> {
                Int further = loop.let(k.times(next));
                Vector gradient = loop.let(loop.load(g, index(gAt.plus(further))));
                Vector[] ofStep = tile.columnsAt(columnVectors, loop.let(index(column.plus(further))));
                Int inputAt = loop.let(index(xAt.plus(further)));
                Int rowAt = loop.let(index(row.plus(further)));
                for (int r = 0; r < tileRows; r++) {
                    Vector input = loop.let(loop.broadcast(x, inputAt.plus(r)));
                    Vector product = loop.let(input.mul(gradient));
                    // Not one multiplication and addition each: some processors add beside them.
                    dw[r].set(dw[r].add(product));
                    dalpha[r].set(tile.traces[r][0].fma(product, dalpha[r]));
                    tile.advance(r, rowVectors, rowAt, ofStep, input);
                }
            });
            for (int r = 0; r < tileRows; r++) {
                loop.store(dw[r], w, at.plus(r * blockWidth));
                loop.store(dalpha[r], alpha, alphaAt.plus(r * blockWidth));
            }
        });
    }

    private Backward backward(boolean updates, boolean multiplies) {
        int traces = program.next.size();
        int parameterCount = program.matrices.size();
        List<Node> rowNodes = updates ? rowsOfGradients : List.of();
        int side = rowsOfGradients.size() + 1;
        Node deferred = program.deferredRowGradient;
        boolean defers = multiplies && deferred != null;
        List<RuleProgram.RowGradient> rowGradients = updates && deferred == null ? program.rowGradients : List.of();
        List<Node> roots = new ArrayList<>();
        if (updates) {
            roots.addAll(program.next.subList(0, multiplies ? 1 : 0));
            roots.addAll(program.traceGradients);
            roots.addAll(program.columnGradients);
            roots.addAll(program.matrixGradients);
            rowGradients.forEach(row -> roots.add(row.gradient()));
        }
        int together = together(operations(roots));
        return assemble(Backward.class, loop -> {
            LoopBuilder.FloatArrays matrices = loop.arrays();
            LoopBuilder.FloatArrays gradientArrays = loop.arrays();
            Int from = loop.integer();
            Int rowCount = loop.integer();
            Floats x = loop.floats();
            LoopBuilder.FloatArrays columnArrays = loop.arrays();
            Int column = loop.integer();
            Int laterAt = loop.integer();
            Floats g = loop.floats();
            Int gAt = loop.integer();
            LoopBuilder.FloatArrays totalArrays = loop.arrays();
            LoopBuilder.FloatArrays sumArrays = loop.arrays();
            Int sumAt = loop.integer();
            Floats[] fixed = elements(loop, 0, FIXED, matrices);
            Floats[] trace = elements(loop, FIXED, traces, matrices);
            Floats[] parameters = elements(loop, FIXED + traces, updates ? parameterCount : 0, matrices);
            Floats[] gradients = elements(loop, 0, traces + (updates ? parameterCount : 0), gradientArrays);
            Floats[] totals = elements(loop, 0, 1 + rowGradients.size(), totalArrays);
            Map<Double, ConnectionCode.Bound> bounds = ConnectionCode.bounds(loop, roots);
            Vector[] vectors = updates ? load(loop, 0, columnsOfGradients.size(), columnArrays, column) : new Vector[0];
            Vector[] later = defers
                    ? load(loop, columnsOfGradients.size(), columnsOfDeferred.size(), columnArrays, laterAt)
                    : new Vector[0];
            Vector g1 = multiplies ? loop.let(loop.load(g, gAt)) : null;
            // Vectors have enough to do beside one sum of each kind.
            Variable[][] sums = new Variable[columns.size()][lanes == null ? together : 1];
            for (int k = 0; k < sums.length && updates; k++) {
                for (int row = 0; row < sums[k].length; row++) {
                    sums[k][row] = loop.let(loop.zero());
                }
            }
            loop.loop(rowCount, together, r -> {
                Int at = loop.let(index(from.plus(r.times(blockWidth))));
                Int f = loop.let(index(r.times(side)));
                Int total = loop.let(index(r.times(nextTotal)));
                for (int row = 0; row < together; row++) {
                    Int here = at.plus(row * blockWidth);
                    Int totalAt = total.plus(row * nextTotal);
                    Vector[] passed = new Vector[traces];
                    for (int k = 0; k < traces; k++) {
                        passed[k] = loop.let(loop.load(gradients[k], here));
                    }
                    ConnectionCode code = code(loop, roots, bounds, updates ? trace : new Floats[0], parameters, here);
                    putVectors(
                            code,
                            loop,
                            x,
                            f.plus(row * side),
                            rowNodes,
                            vectors,
                            updates ? columnsOfGradients : List.of());
                    Vector ofHebb = passed[0];
                    if (multiplies) {
                        Vector alpha = loop.let(loop.load(fixed[1], here));
                        Vector hebb = updates ? code.of(program.next.get(0)) : loop.load(trace[0], here);
                        Vector sum = loop.load(totals[0], totalAt);
                        if (defers) {
                            ConnectionCode behind = new ConnectionCode(loop, List.of(deferred), Map.of());
                            for (int k = 0; k < traces; k++) {
                                behind.put(gradient(k), passed[k]);
                            }
                            putVectors(behind, loop, x, f, List.of(), later, columnsOfDeferred);
                            sum = behind.added(deferred, sum);
                        }
                        Vector connection = alpha.fma(hebb, loop.load(fixed[0], here));
                        loop.store(connection.fma(g1, sum), totals[0], totalAt);
                        Vector in = loop.broadcast(x, f.plus(row * side + side - 1));
                        ofHebb = loop.let(alpha.fma(g1.mul(in), passed[0]));
                    }
                    if (!updates) {
                        loop.store(ofHebb, gradients[0], here);
                        continue;
                    }
                    code.put(gradient(0), ofHebb);
                    for (int k = 1; k < traces; k++) {
                        code.put(gradient(k), passed[k]);
                    }
                    Vector[] next = new Vector[traces];
                    for (int k = 0; k < traces; k++) {
                        next[k] = loop.let(code.of(program.traceGradients.get(k)));
                    }
                    for (int k = 0; k < traces; k++) {
                        loop.store(next[k], gradients[k], here);
                    }
                    for (int k = 0; k < rowGradients.size(); k++) {
                        Vector sum = code.added(rowGradients.get(k).gradient(), loop.load(totals[k + 1], totalAt));
                        loop.store(sum, totals[k + 1], totalAt);
                    }
                    for (int k = 0; k < sums.length; k++) {
                        Variable sum = sums[k][row % sums[k].length];
                        sum.set(code.added(program.columnGradients.get(k), sum));
                    }
                    for (int k = 0; k < parameterCount; k++) {
                        Floats to = gradients[traces + k];
                        loop.store(code.added(program.matrixGradients.get(k), loop.load(to, here)), to, here);
                    }
                }
            });
            for (int k = 0; k < sums.length && updates; k++) {
                loop.store(sum(sums[k]), loop.element(sumArrays, loop.constant(k)), sumAt);
            }
        });
    }
}
