package org.plastic4j.core;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.graph.Gradients;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.rule.DecayingHebb;

/** 20 plastic neurons learn to keep what they see in the first of T = 5 steps until the last, in batches of B = 16. */
public class ReadmeExample {
    public static void main(String[] arguments) {
        SameDiff graph = SameDiff.create();
        SDVariable input = graph.placeHolder("input", DataType.FLOAT, 5, 16, 20);
        SDVariable target = graph.placeHolder("target", DataType.FLOAT, 16, 20);
        PlasticCell cell = new PlasticCell(20, Alpha.PER_CONNECTION, new DecayingHebb());
        Map<String, INDArray> initial = new Initialisation(0.1, 0.1, 0.1).draw(cell, DataType.FLOAT, 0);
        PlasticParameters parameters = PlasticParameters.create(graph, cell, initial);
        SDVariable y = new FusedLifetime()
                .live(graph, "life", cell, parameters, LifetimeInputs.driven(input))
                .y();
        SDVariable last = graph.slice(y, new int[] {4, 0, 0}, 1, 16, 20).reshape(16, 20);
        graph.loss().meanSquaredError("loss", target, last, null);
        graph.setTrainingConfig(new TrainingConfig(new Adam(0.03), null, "input", "target"));
        Gradients.prepare(graph);
        for (int update = 1; update <= 300; update++) {
            INDArray bits = Transforms.sign(Nd4j.randn(DataType.FLOAT, 16, 20));
            INDArray seen = Nd4j.concat(0, bits.reshape(1, 16, 20), Nd4j.zeros(DataType.FLOAT, 4, 16, 20));
            graph.fit(new DataSet(seen, bits));
            if (update % 100 == 0) {
                Map<String, INDArray> batch = Map.of("input", seen, "target", bits);
                System.out.println(graph.outputSingle(batch, "loss").getDouble(0));
            }
        }
    }
}
