package org.plastic4j.core.kernel.compiled;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.plastic4j.core.kernel.compiled.LoopBuilder.FloatArrays;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Floats;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Int;
import org.plastic4j.core.kernel.compiled.Node.Op;
import org.plastic4j.core.kernel.compiled.Node.Source;

/**
 * The loops of a rule over connections in plain floats, for JVMs without the Vector API. HotSpot's compiler C2 makes vectors
 * of a loop by itself where all arrays are read and written at the same index, nothing is accumulated, and there is no
 * branch: so every vector has a value for each connection here, and the terms of sums are left in arrays.
 */
public final class FlatLoops {
    /** One of the loops. */
    public interface Loop {
        /**
         * Runs it.
         *
         * @param matrices W, alpha, the traces, matrices of parameters
         * @param gradients backward: of the traces, and of matrices of parameters; of products: of W and alpha, added to
         * @param rows the row vectors of the update, then what comes into the step
         * @param columns the column vectors of the update; backward, those that the deferred row gradient of the next step
         *     reads, then g; of products, then g
         * @param sums forward, what is to be added to pre-activations; backward, the totals of rows, added to: of the product,
         *     then of each row gradient that is not deferred; and each column vector's gradient
         * @param results what takes the place of the traces, or backward that of their gradients and those of matrices of
         *     parameters; then {@link FlatLoops#temporaries}
         * @param length how many connections there are
         */
        void run(
                float[][] matrices,
                float[][] gradients,
                float[][] rows,
                float[][] columns,
                float[][] sums,
                float[][] results,
                int length);
    }

    private static final ConcurrentHashMap<RuleProgram, FlatLoops> KNOWN = new ConcurrentHashMap<>();

    private final Loop first;
    private final Loop step;
    private final Loop last;
    private final Loop products;
    private final Loop lastBackward;
    private final Loop stepBackward;
    private final Loop firstBackward;
    private final int temporaries;

    private FlatLoops(RuleProgram program) {
        RuleDump dump = new RuleDump(program);
        dump.text();
        Assembly assembly = new Assembly(program, dump);
        first = assembly.forward(false, true);
        step = assembly.forward(true, true);
        last = assembly.forward(true, false);
        products = assembly.products();
        lastBackward = assembly.backward(true, false);
        stepBackward = assembly.backward(true, true);
        firstBackward = assembly.backward(false, true);
        temporaries = assembly.temporaries;
    }

    /** The loops of a program, made once. */
    public static FlatLoops of(RuleProgram program) {
        return KNOWN.computeIfAbsent(program, FlatLoops::new);
    }

    /** Of a step forward: the first one updates no trace, and after the last one there is no product. */
    public Loop forward(int t, int steps) {
        return t == 1 ? first : t > steps ? last : step;
    }

    /** The update alone. */
    public Loop update() {
        return last;
    }

    /** Of step t, from T to 0. */
    public Loop backward(int t, int steps) {
        return t == 0 ? firstBackward : t == steps ? lastBackward : stepBackward;
    }

    /** What a step adds to the gradients of W and alpha, and its update. */
    public Loop ofProducts() {
        return products;
    }

    /** How many arrays the loops need besides. */
    public int temporaries() {
        return temporaries;
    }

    /** Writes the loops. */
    private static final class Assembly extends LoopParts {
        private final Node weight = program.nodes.input(Source.ARRAY, 0, Node.CONNECTIONS);
        private final Node alpha = program.nodes.input(Source.ARRAY, 1, Node.CONNECTIONS);
        private final Node in = program.nodes.input(Source.ARRAY, 0, Node.ROWS);
        private final Node g = program.nodes.input(Source.ARRAY, 0, Node.COLUMNS);
        private final int traces = program.next.size();
        private final int results = traces + program.matrices.size();
        private int temporaries;

        Assembly(RuleProgram program, RuleDump dump) {
            super(program, null, dump);
        }

        /** What is added to, by its index among all arrays of these. */
        private Node sum(int k) {
            return program.nodes.input(Source.ARRAY, FIXED + k, Node.CONNECTIONS);
        }

        private Node later(int k) {
            return program.nodes.input(Source.ARRAY, 1 + k, Node.COLUMNS);
        }

        private Node add(Node a, Node b) {
            return program.nodes.raw(Op.ADD, a, b);
        }

        private Node mul(Node a, Node b) {
            return program.nodes.raw(Op.MUL, a, b);
        }

        /** The weight of a connection with its trace. */
        private Node connection(Node hebb) {
            return add(mul(alpha, hebb), weight);
        }

        /** A loop's parameters. */
        private record Parameters(
                LoopBuilder loop,
                FloatArrays matrices,
                FloatArrays gradients,
                FloatArrays rows,
                FloatArrays columns,
                FloatArrays sums,
                FloatArrays results,
                Int length) {
            static Parameters of(LoopBuilder loop) {
                return new Parameters(
                        loop,
                        loop.arrays(),
                        loop.arrays(),
                        loop.arrays(),
                        loop.arrays(),
                        loop.arrays(),
                        loop.arrays(),
                        loop.integer());
            }

            Floats element(FloatArrays arrays, int k) {
                return loop.element(arrays, loop.constant(k));
            }
        }

        private interface Body {
            void write(FlatCode code, Parameters of);
        }

        /** A loop that reads matrices, and row and column vectors, and writes results. */
        private Loop loop(String name, List<Node> rows, List<Node> columns, Body body) {
            return assemble("flat-" + name, Loop.class, loop -> {
                Parameters of = Parameters.of(loop);
                FlatCode code = new FlatCode(loop, of.length(), of.results(), results);
                code.put(weight, of.element(of.matrices(), 0));
                code.put(alpha, of.element(of.matrices(), 1));
                for (int k = 0; k < traces; k++) {
                    code.put(trace(k), of.element(of.matrices(), FIXED + k));
                }
                for (int k = 0; k < program.matrices.size(); k++) {
                    code.put(parameter(k), of.element(of.matrices(), FIXED + traces + k));
                }
                for (int k = 0; k < rows.size(); k++) {
                    code.put(rows.get(k), of.element(of.rows(), k));
                }
                for (int k = 0; k < columns.size(); k++) {
                    code.put(columns.get(k), of.element(of.columns(), k));
                }
                body.write(code, of);
                temporaries = Math.max(temporaries, code.end() - results);
            });
        }

        private static List<Node> and(List<Node> nodes, Node... more) {
            List<Node> all = new ArrayList<>(nodes);
            all.addAll(List.of(more));
            return all;
        }

        private void update(FlatCode code, Parameters of) {
            for (int k = 0; k < traces; k++) {
                code.compute(program.next.get(k), of.element(of.results(), k));
            }
        }

        Loop forward(boolean updates, boolean multiplies) {
            return loop(name("forward", updates, multiplies), and(program.rows, in), program.columns, (code, of) -> {
                if (updates) {
                    update(code, of);
                }
                if (multiplies) {
                    Node hebb = updates ? program.next.get(0) : trace(0);
                    code.compute(mul(connection(hebb), in), of.element(of.sums(), 0));
                }
            });
        }

        Loop products() {
            return loop("products", and(program.rows, in), and(program.columns, g), (code, of) -> {
                Node product = mul(in, g);
                Node[] terms = {product, mul(trace(0), product)};
                for (int k = 0; k < FIXED; k++) {
                    Floats gradient = of.element(of.gradients(), k);
                    code.put(sum(k), gradient);
                    code.compute(add(sum(k), terms[k]), gradient);
                }
                update(code, of);
            });
        }

        Loop backward(boolean updates, boolean multiplies) {
            List<Node> laterColumns = new ArrayList<>();
            Node deferred = program.deferredRowGradient;
            for (Node column : program.columnsOfDeferred()) {
                Node later = later(laterColumns.size());
                deferred = program.nodes.replace(deferred, column, later);
                laterColumns.add(later);
            }
            List<Node> columns = and(program.columnsOfGradients(), laterColumns.toArray(Node[]::new));
            Node ofDeferred = deferred;
            return loop(
                    name("backward", updates, multiplies),
                    and(program.rowsOfGradients(), in),
                    and(columns, g),
                    (code, of) -> backward(code, of, updates, multiplies, ofDeferred));
        }

        /** @param deferred the row gradient of the next step; null where there is none */
        private void backward(FlatCode code, Parameters of, boolean updates, boolean multiplies, Node deferred) {
            for (int k = 0; k < results; k++) {
                code.put(k < traces ? gradient(k) : sum(k), of.element(of.gradients(), k));
            }
            Node ofHebb = gradient(0);
            if (multiplies) {
                ofHebb = add(gradient(0), mul(alpha, mul(in, g)));
                code.keep(ofHebb);
                Node total = sum(results);
                code.put(total, of.element(of.sums(), 0));
                Node hebb = updates ? program.next.get(0) : trace(0);
                Node sum = deferred == null ? total : add(total, deferred);
                code.compute(add(sum, mul(connection(hebb), g)), of.element(of.sums(), 0));
            }
            if (!updates) {
                for (int k = 0; k < traces; k++) {
                    code.compute(k == 0 ? ofHebb : gradient(k), of.element(of.results(), k));
                }
                return;
            }
            for (int k = 0; k < traces; k++) {
                code.compute(withProduct(program.traceGradients.get(k), ofHebb), of.element(of.results(), k));
            }
            int totals = 1 + program.rowGradientCount();
            for (int k = 1; k < totals; k++) {
                Node total = sum(results + k);
                code.put(total, of.element(of.sums(), k));
                Node gradient = program.rowGradients.get(k - 1).gradient();
                code.compute(add(total, withProduct(gradient, ofHebb)), of.element(of.sums(), k));
            }
            for (int k = 0; k < program.columns.size(); k++) {
                Node gradient = program.columnGradients.get(k);
                code.compute(withProduct(gradient, ofHebb), of.element(of.sums(), totals + k));
            }
            for (int k = traces; k < results; k++) {
                Node gradient = program.matrixGradients.get(k - traces);
                code.compute(add(sum(k), withProduct(gradient, ofHebb)), of.element(of.results(), k));
            }
        }

        /** A gradient with that of the product in the one of the first trace. */
        private Node withProduct(Node gradient, Node ofHebb) {
            return program.nodes.replace(gradient, gradient(0), ofHebb);
        }
    }
}
