package org.plastic4j.core.graph;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Names of new variables: in the open name scope, if there is one, and of their own. SameDiff itself takes some of its
 * methods' names as they are, and replaces a variable without an array by a new one of its name.
 */
public final class GraphVariables {
    private GraphVariables() {}

    /** A name in the open name scope, {@code scope/name}; the name itself where no scope is open. */
    private static String inScope(SameDiff graph, String name) {
        String scope = graph.currentNameScope();
        return scope == null ? name : scope + "/" + name;
    }

    /**
     * The name in the graph for a part that a caller named.
     *
     * @param graph the graph
     * @param where what is put into the graph
     * @param name what it is to be called
     * @param endings what the names of its variables end with
     * @return the name in the open name scope
     * @throws IllegalArgumentException if the graph has a variable of one of these names
     */
    public static String name(SameDiff graph, String where, String name, String... endings) {
        String scoped = inScope(graph, name);
        for (String ending : endings) {
            if (graph.hasVariable(scoped + ending)) {
                throw new IllegalArgumentException(where + ": expected a name of its own in the graph, found \"" + name
                        + "\", by which there is a variable \"" + scoped + ending + "\".");
            }
        }
        return scoped;
    }

    /**
     * Adds trainable variables.
     *
     * @param graph the graph
     * @param where whose they are
     * @param prefix what their names begin with
     * @param keys what is to be there
     * @param values initial values by key; others are not looked at
     * @return the variables by key, in the keys' order
     * @throws IllegalArgumentException if a value is missing, or the graph has a variable of one of the names
     */
    public static Map<String, SDVariable> trainable(
            SameDiff graph, String where, String prefix, Collection<String> keys, Map<String, INDArray> values) {
        if (!values.keySet().containsAll(keys)) {
            throw new IllegalArgumentException(where + ": values: expected " + String.join(", ", keys) + ", found "
                    + String.join(", ", values.keySet().stream().sorted().toList()) + ".");
        }
        Map<String, String> names = new LinkedHashMap<>();
        keys.forEach(key -> names.put(key, inScope(graph, prefix + key)));
        names.values().stream().filter(graph::hasVariable).findFirst().ifPresent(taken -> {
            throw new IllegalArgumentException(where + ": expected no variable \"" + taken
                    + "\" in the graph, found one;" + " create(graph, name, ...) gives each layer names of its own.");
        });
        Map<String, SDVariable> variables = new LinkedHashMap<>();
        names.forEach((key, name) -> variables.put(key, graph.var(name, values.get(key))));
        return variables;
    }
}
