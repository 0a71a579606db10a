package org.plastic4j.core.lifetime;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.PlasticCell;

/** The README's example of agents that act while they live. */
final class AgentExample {
    private AgentExample() {}

    /**
     * Acts 200 steps in 30 lifetimes, and gives the gradient of what the graph makes of them.
     *
     * @param graph lives lifetimes that its placeholder "drive" drives, with parameters of these names and values
     * @param world what it answers to the outputs [30, n] drives the next step
     */
    static Map<String, INDArray> actAndLearn(
            SameDiff graph, PlasticCell cell, Map<String, INDArray> initial, UnaryOperator<INDArray> world) {
        LifetimeStepper agent = new LifetimeStepper(cell, initial, 30);
        INDArray[] drives = new INDArray[200];
        INDArray y = agent.state().y();
        for (int t = 0; t < drives.length; t++) {
            drives[t] = world.apply(y);
            y = agent.step(drives[t]);
        }
        Map<String, INDArray> lived = Map.of("drive", Nd4j.stack(0, drives));
        return graph.calculateGradients(lived, initial.keySet());
    }
}
