package org.plastic4j.core.kernel.compiled;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Floats;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Int;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Vector;
import org.plastic4j.core.kernel.compiled.Node.Source;

/** What the loops of a program have in common. */
class LoopParts {
    /** W and alpha, the first among the matrices. */
    static final int FIXED = 2;

    final RuleProgram program;
    private final Object lanes;
    private final RuleDump dump;

    /** @param lanes the species of vectors; null for plain floats */
    LoopParts(RuleProgram program, Object lanes, RuleDump dump) {
        this.program = program;
        this.lanes = lanes;
        this.dump = dump;
    }

    /** @param name of the class, where it is written to a file */
    final <T> T assemble(String name, Class<T> shape, Consumer<LoopBuilder> body) {
        return LoopBuilder.build(MethodHandles.lookup(), shape, lanes, body, bytes -> dump.classFile(name, bytes));
    }

    /** A name that says what a step consists of. */
    static String name(String step, boolean updates, boolean multiplies) {
        return step + (updates ? "-update" : "") + (multiplies ? "-product" : "");
    }

    /** How many operations on a connection lead to these. */
    static int operations(Collection<Node> roots) {
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

    final Node trace(int k) {
        return program.nodes.input(Source.TRACE, k, Node.CONNECTIONS);
    }

    final Node gradient(int k) {
        return program.nodes.input(Source.TRACE_GRADIENT, k, Node.CONNECTIONS);
    }

    final Node parameter(int k) {
        return program.nodes.input(Source.PARAMETER, program.matrices.get(k), Node.CONNECTIONS);
    }

    static Vector[] load(LoopBuilder loop, int from, int count, LoopBuilder.FloatArrays arrays, Int at) {
        Vector[] vectors = new Vector[count];
        for (int k = 0; k < count; k++) {
            vectors[k] = loop.let(loop.load(loop.element(arrays, loop.constant(from + k)), at));
        }
        return vectors;
    }

    static Floats[] elements(LoopBuilder loop, int from, int count, LoopBuilder.FloatArrays arrays) {
        Floats[] elements = new Floats[count];
        for (int k = 0; k < count; k++) {
            elements[k] = loop.element(arrays, loop.constant(from + k));
        }
        return elements;
    }

    /** The code of a row of connections, its traces and parameters read. */
    final ConnectionCode code(
            LoopBuilder loop,
            Collection<Node> roots,
            Map<Double, Bound> bounds,
            Floats[] trace,
            Floats[] parameters,
            Int at) {
        ConnectionCode code = new ConnectionCode(loop, roots, bounds);
        for (int k = 0; k < trace.length; k++) {
            code.put(trace(k), loop.let(loop.load(trace[k], at)));
        }
        for (int k = 0; k < parameters.length; k++) {
            code.put(parameter(k), loop.let(loop.load(parameters[k], at)));
        }
        return code;
    }

    static void putVectors(
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
}
