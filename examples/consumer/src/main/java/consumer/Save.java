package consumer;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.graph.Gradients;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.lifetime.UnrolledLifetime;
import org.plastic4j.dl4j.PlasticRnn;

/** Saves a SameDiff graph and a Deeplearning4j network with plastic layers, and what both compute, for {@link Load}. */
public final class Save {
    private static final int STEPS = 9;
    private static final int BATCH = 3;
    private static final int NEURONS = 7;

    private Save() {}

    public static void main(String[] folder) throws IOException {
        Nd4j.getRandom().setSeed(1);
        saveGraph(new File(folder[0]));
        saveNetwork(new File(folder[0]));
    }

    private static void saveGraph(File folder) throws IOException {
        PlasticCell cell = new PlasticCell(NEURONS, Alpha.PER_CONNECTION, new LeakyHebb());
        Map<String, INDArray> initial = new Initialisation(0.3, 0.3, 0.2).draw(cell, DataType.FLOAT, 1);
        SameDiff graph = SameDiff.create();
        SDVariable input = graph.placeHolder("input", DataType.FLOAT, STEPS, BATCH, NEURONS);
        PlasticParameters parameters = PlasticParameters.create(graph, cell, initial);
        SDVariable y = new FusedLifetime()
                .build(graph, "fused", cell, parameters, LifetimeInputs.driven(input))
                .y();
        SDVariable same = new UnrolledLifetime(STEPS)
                .build(graph, "unrolled", cell, parameters, LifetimeInputs.driven(input))
                .y();
        y.mul(y).mean().rename("loss").markAsLoss();
        Gradients.prepare(graph);

        INDArray x = Nd4j.randn(DataType.FLOAT, STEPS, BATCH, NEURONS);
        Map<String, INDArray> outputs = graph.output(Map.of("input", x), y.name(), same.name());
        if (!outputs.get(y.name()).equalsWithEps(outputs.get(same.name()), 1e-5)) {
            throw new IllegalStateException("the fused lifetime and its definition differ");
        }
        graph.save(new File(folder, "graph.fb"), true);
        Nd4j.writeAsNumpy(x, new File(folder, "graph-input.npy"));
        Nd4j.writeAsNumpy(outputs.get(y.name()), new File(folder, "graph-output.npy"));
        Nd4j.writeAsNumpy(
                graph.calculateGradients(Map.of("input", x), "leak").get("leak"),
                new File(folder, "graph-gradient.npy"));
    }

    private static void saveNetwork(File folder) throws IOException {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.FLOAT)
                .list()
                .layer(new PlasticRnn.Builder()
                        .nOut(NEURONS)
                        .rule(new LeakyHebb())
                        .initialisation(new Initialisation(0.3, 0.3, 0.2))
                        .build())
                .layer(new RnnOutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nOut(2)
                        .activation(Activation.TANH)
                        .build())
                .setInputType(InputType.recurrent(4))
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        INDArray x = Nd4j.randn(DataType.FLOAT, BATCH, 4, STEPS);
        ModelSerializer.writeModel(network, new File(folder, "network.zip"), true);
        Nd4j.writeAsNumpy(x, new File(folder, "network-input.npy"));
        Nd4j.writeAsNumpy(network.output(x), new File(folder, "network-output.npy"));
    }
}
