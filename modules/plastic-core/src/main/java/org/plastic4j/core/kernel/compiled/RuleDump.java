package org.plastic4j.core.kernel.compiled;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.plastic4j.core.kernel.KernelOptions;

/** Writes what a rule was compiled to, where {@link KernelOptions#COMPILED_DUMP} asks for it. */
final class RuleDump {
    /** Null where nothing is written. */
    private final Path folder;

    private final RuleProgram program;

    RuleDump(RuleProgram program) {
        this.program = program;
        folder = KernelOptions.compiledDump()
                .map(dump -> dump.resolve(program.rule.key() + "-" + program.neurons))
                .orElse(null);
    }

    /** A loop's class. */
    void classFile(String name, byte[] bytes) {
        if (folder != null) {
            write(name + ".class", bytes);
        }
    }

    /** The intermediate form: first what neurons compute, then connections, forward and backward. */
    void text() {
        if (folder == null) {
            return;
        }
        StringBuilder text = new StringBuilder("Rule " + program.rule.key() + ", " + program.neurons
                + " neurons. [i]: one for each pre-synaptic neuron, [j]: post-synaptic, [i, j]: each connection.\n");
        Set<Node> written = new HashSet<>();
        section(text, written, "The traces after a step", program.next);
        section(text, written, "The states of neurons after it", program.nextStates);
        section(text, written, "The gradients of the traces before it", program.traceGradients);
        section(text, written, "Summed over i: the gradients of column vectors", program.columnGradients);
        section(
                text,
                written,
                "Summed over j: the gradients of row vectors",
                program.rowGradients.stream()
                        .map(RuleProgram.RowGradient::gradient)
                        .toList());
        section(text, written, "The gradients of matrices of parameters", program.matrixGradients);
        section(
                text,
                written,
                "The gradients that neurons compute",
                program.neurons().gradients());
        write("rule.txt", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** With the nodes that lead to these, as far as no section before had them. */
    private static void section(StringBuilder text, Set<Node> written, String title, List<Node> results) {
        if (results.isEmpty()) {
            return;
        }
        text.append('\n').append(title).append(": ");
        text.append(
                String.join(", ", results.stream().map(node -> "%" + node.id).toList()));
        text.append('\n');
        TreeMap<Integer, Node> needed = new TreeMap<>();
        results.forEach(node -> need(node, written, needed));
        needed.values().forEach(node -> text.append("  ").append(node).append('\n'));
    }

    private static void need(Node node, Set<Node> written, TreeMap<Integer, Node> needed) {
        if (written.add(node)) {
            needed.put(node.id, node);
            node.arguments.forEach(argument -> need(argument, written, needed));
        }
    }

    private void write(String name, byte[] bytes) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "System property " + KernelOptions.COMPILED_DUMP + ": expected a folder that can be written, found "
                            + folder.getParent() + " (" + e.getClass().getSimpleName() + ").",
                    e);
        }
    }
}
