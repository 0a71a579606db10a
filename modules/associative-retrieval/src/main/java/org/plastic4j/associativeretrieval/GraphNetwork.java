package org.plastic4j.associativeretrieval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.graph.GraphVariables;
import org.plastic4j.core.graph.PooledSession;

/** A {@link Cell} with its readout in a graph, the definition of {@link LoopNetwork}. */
final class GraphNetwork implements RetrievalNetwork {
    private static final String SEQUENCES = "sequences";
    private static final String ANSWERS = "answers";
    private static final String PROBABILITIES = "probabilities";
    private static final String LOSS = "loss";

    private final SameDiff graph = SameDiff.create();
    private final LinkedHashMap<String, INDArray> parameters = new LinkedHashMap<>();
    private final LinkedHashMap<String, INDArray> gradients = new LinkedHashMap<>();

    /**
     * Builds the network with its initial parameters.
     *
     * @param cell the recurrent layer
     * @param shape its sizes
     * @param type of all values
     * @param seed where the initial parameters come from
     */
    GraphNetwork(Cell cell, Shape shape, DataType type, long seed) {
        Map<String, INDArray> initial = cell.draw(shape, type, seed);
        PooledSession.installFor(graph);
        Map<String, SDVariable> variables =
                GraphVariables.trainable(graph, "GraphNetwork", "", initial.keySet(), initial);
        initial.keySet()
                .forEach(name -> parameters.put(name, graph.getVariable(name).getArr()));

        SDVariable sequences = graph.placeHolder(SEQUENCES, type, shape.steps(), shape.batch(), shape.symbols());
        SDVariable answers = graph.placeHolder(ANSWERS, type, shape.batch(), shape.symbols());
        SDVariable logits = cell.last(graph, shape, variables, sequences)
                .mmul(variables.get(READOUT))
                .add(variables.get(READOUT_BIAS));
        graph.nn().softmax(PROBABILITIES, logits, 1);
        graph.loss().softmaxCrossEntropy(LOSS, answers, logits, null);
        graph.setLossVariables(LOSS);
    }

    @Override
    public LinkedHashMap<String, INDArray> parameters() {
        return parameters;
    }

    @Override
    public double backward(INDArray input, INDArray target) {
        close();
        OutAndGrad result = graph.calculateGradientsAndOutputs(
                Map.of(SEQUENCES, input, ANSWERS, target), List.of(LOSS), parameters.keySet());
        gradients.putAll(result.getGradients());
        try (INDArray loss = result.getOutputs().get(LOSS)) {
            return loss.getDouble(0);
        }
    }

    @Override
    public LinkedHashMap<String, INDArray> gradients() {
        return gradients;
    }

    @Override
    public INDArray probabilities(INDArray input) {
        return graph.output(Map.of(SEQUENCES, input), PROBABILITIES).get(PROBABILITIES);
    }

    /** Gives back the last step's gradients, which are off-heap. */
    @Override
    public void close() {
        gradients.values().forEach(INDArray::close);
        gradients.clear();
    }
}
