package org.plastic4j.core.kernel.compiled;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plastic4j.core.kernel.compiled.LoopBuilder.FloatArrays;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Floats;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Int;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Vector;

/**
 * Writes what is to be computed for every connection as loops that are short enough for C2: it unrolls a loop for the first
 * time, which vectors begin with, only if it has no more than a number of nodes of its own form (LoopUnrollLimit). What does
 * not fit into one loop goes on from an array in between.
 */
final class FlatCode {
    /** Below C2's 60 by what a loop itself takes. */
    private static final int MOST_NODES = 28;
    /** Two additions for the address, and the load or the store. */
    private static final int NODES_OF_ACCESS = 3;

    private record Statement(Node value, Floats target) {}

    private final LoopBuilder loop;
    private final FloatArrays temporaries;
    private final Int length;
    /** Where values are that are in memory. */
    private final Map<Node, Floats> arrays = new HashMap<>();

    /** What the next loop computes. */
    private final List<Statement> together = new ArrayList<>();

    private int nextTemporary;

    /**
     * Of one method.
     *
     * @param length how many connections there are
     * @param temporaries where arrays for what is in between are
     * @param firstTemporary the first of them
     */
    FlatCode(LoopBuilder loop, Int length, FloatArrays temporaries, int firstTemporary) {
        this.loop = loop;
        this.length = length;
        this.temporaries = temporaries;
        nextTemporary = firstTemporary;
    }

    /** Says where an input is. */
    void put(Node input, Floats array) {
        arrays.put(input, array);
    }

    /** Computes a value into an array, from where what comes after it may read it. */
    void compute(Node value, Floats target) {
        for (Node part = tooLong(value); part != null; part = tooLong(value)) {
            keep(part);
        }
        Statement statement = new Statement(value, target);
        together.add(statement);
        if (together.size() > 1 && nodes(together, arrays) > MOST_NODES) {
            together.remove(statement);
            writeLoop();
            together.add(statement);
        }
    }

    /** Computes a value that others read. */
    void keep(Node value) {
        compute(value, loop.element(temporaries, loop.constant(nextTemporary++)));
    }

    /** Ends the last loop, and says how many arrays are needed, those before the first one of its own included. */
    int end() {
        writeLoop();
        return nextTemporary;
    }

    /** The largest part of a value that fits into a loop, where the value does not; else null. */
    private Node tooLong(Node value) {
        Map<Node, Floats> known = new HashMap<>(arrays);
        together.forEach(statement -> known.put(statement.value(), statement.target()));
        if (nodes(value, known) <= MOST_NODES) {
            return null;
        }
        Node largest = null;
        int most = 0;
        Set<Node> parts = new LinkedHashSet<>();
        collect(value, known, parts, new HashSet<>());
        parts.remove(value);
        for (Node part : parts) {
            int nodes = nodes(part, known);
            if (nodes > most && nodes <= MOST_NODES) {
                largest = part;
                most = nodes;
            }
        }
        return largest;
    }

    private static int nodes(Node value, Map<Node, Floats> known) {
        return nodes(List.of(new Statement(value, null)), known);
    }

    private static int nodes(List<Statement> statements, Map<Node, Floats> known) {
        Set<Node> computed = new HashSet<>();
        Set<Node> read = new HashSet<>();
        statements.forEach(statement -> collect(statement.value(), known, computed, read));
        int operations = computed.stream().mapToInt(FlatCode::operations).sum();
        return operations + NODES_OF_ACCESS * (read.size() + statements.size());
    }

    /** What has to be computed for a value, and what has to be read. */
    private static void collect(Node node, Map<Node, Floats> known, Set<Node> computed, Set<Node> read) {
        if (known.containsKey(node)) {
            read.add(node);
        } else if (!node.isConstant() && computed.add(node)) {
            node.arguments.forEach(argument -> collect(argument, known, computed, read));
        }
    }

    /** What a node is to C2. */
    private static int operations(Node node) {
        return switch (node.op) {
            case CLIP, CLIP_OPEN -> 2;
            case WITHIN -> 7;
            case INSIDE -> 6;
            default -> 1;
        };
    }

    private void writeLoop() {
        List<Node> values = together.stream().map(Statement::value).toList();
        Set<Node> read = new LinkedHashSet<>();
        values.forEach(value -> collect(value, arrays, new HashSet<>(), read));
        Map<Double, Bound> bounds = ConnectionCode.bounds(loop, values);
        loop.loop(length, 1, at -> {
            ConnectionCode code = new ConnectionCode(loop, values, bounds);
            read.forEach(node -> code.put(node, loop.let(loop.load(arrays.get(node), at))));
            for (Statement statement : together) {
                Vector value = loop.let(code.of(statement.value()));
                code.put(statement.value(), value);
                loop.store(value, statement.target(), at);
            }
        });
        together.stream()
                .filter(statement -> !statement.value().isConstant())
                .forEach(statement -> arrays.putIfAbsent(statement.value(), statement.target()));
        together.clear();
    }
}
