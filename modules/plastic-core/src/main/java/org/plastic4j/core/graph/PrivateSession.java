package org.plastic4j.core.graph;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The one session of a graph that this library runs for itself. SameDiff would open another one, with memory of its own, for
 * each thread that ever calls. One call at a time.
 */
public final class PrivateSession extends PooledSession implements AutoCloseable {
    /**
     * Opens the session.
     *
     * @param graph the graph
     */
    public PrivateSession(SameDiff graph) {
        super(graph);
    }

    /**
     * Runs the graph.
     *
     * @param placeholders an array for each that the outputs depend on
     * @param outputs names of variables
     * @return their arrays by name; the caller's to close
     */
    public Map<String, INDArray> run(Map<String, INDArray> placeholders, Collection<String> outputs) {
        ExecutionResult result = output(
                List.copyOf(outputs),
                placeholders,
                new HashMap<>(),
                null,
                List.of(),
                List.of(),
                At.defaultAt(Operation.INFERENCE));
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        for (String name : outputs) {
            arrays.put(
                    name,
                    result.hasSingle()
                            ? result.getOutputs().get(name).orElseThrow()
                            : result.getValueOutputs().get(name).getTensorValue());
        }
        return arrays;
    }

    /** Closes the arrays that are kept for the next call, which is still possible. */
    @Override
    public void close() {
        closePool();
    }
}
