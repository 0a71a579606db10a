package org.plastic4j.core;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.graph.Gradients;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.rule.DecayingHebb;

/** 20 plastic neurons learn to keep what they see in the first of 5 steps until the last. */
public class ReadmeExample {
    public static void main(String[] arguments) {
        SameDiff graph = SameDiff.create();
        PlasticCell cell = new PlasticCell(20, Alpha.PER_CONNECTION, new DecayingHebb());
        Map<String, INDArray> initial = new Initialisation(0.1, 0.1, 0.1).draw(cell, DataType.FLOAT, 0);
        PlasticParameters parameters = PlasticParameters.create(graph, cell, initial);

        // T = 5 steps of B = 16 lifetimes of n = 20 neurons.
        SDVariable drive = graph.placeHolder("drive", DataType.FLOAT, 5, 16, 20);
        SDVariable target = graph.placeHolder("target", DataType.FLOAT, 16, 20);
        LifetimeInputs inputs = LifetimeInputs.driven(drive);
        SDVariable y = new FusedLifetime()
                .live(graph, "life", cell, parameters, inputs)
                .y();
        SDVariable last = graph.slice(y, new int[] {4, 0, 0}, 1, 16, 20).reshape(16, 20);
        SDVariable difference = last.sub(target);
        difference.mul(difference).mean().rename("loss").markAsLoss();
        Gradients.prepare(graph);

        Map<String, GradientUpdater<?>> updaters = new HashMap<>();
        for (String name : initial.keySet()) {
            INDArray value = initial.get(name);
            Map<String, INDArray> moments =
                    Map.of(AdamUpdater.M_STATE, value.like(), AdamUpdater.V_STATE, value.like());
            updaters.put(name, new Adam(0.03).instantiate(moments, false));
        }
        for (int step = 0; step < 300; step++) {
            INDArray coins = Nd4j.rand(DataType.FLOAT, 16, 20).gt(0.5).castTo(DataType.FLOAT);
            INDArray bits = coins.mul(2).sub(1);
            INDArray silence = Nd4j.zeros(DataType.FLOAT, 4, 16, 20);
            INDArray shown = Nd4j.concat(0, bits.reshape(1, 16, 20), silence);
            Map<String, INDArray> lifetimes = Map.of("drive", shown, "target", bits);
            if (step % 100 == 99) {
                System.out.println(graph.output(lifetimes, "loss").get("loss").getDouble(0));
            }
            Map<String, INDArray> gradients = graph.calculateGradients(lifetimes, initial.keySet());
            for (String name : gradients.keySet()) {
                INDArray change = gradients.get(name);
                updaters.get(name).applyUpdater(change, step, 0);
                graph.getVariable(name).getArr().subi(change);
            }
        }
    }
}
