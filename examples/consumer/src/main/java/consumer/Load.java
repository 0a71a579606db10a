package consumer;

import java.io.File;
import java.io.IOException;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Loads what {@link Save} saved, in a JVM that names nothing of Plastic4j, and compares what it computes. */
public final class Load {
    private Load() {}

    public static void main(String[] folder) throws IOException {
        SameDiff graph = SameDiff.load(new File(folder[0], "graph.fb"), true);
        Map<String, INDArray> input = Map.of("input", read(folder[0], "graph-input.npy"));
        compare("graph's outputs", graph.outputSingle(input, "fused_y"), read(folder[0], "graph-output.npy"));
        INDArray gradient = graph.calculateGradients(input, "leak").get("leak");
        compare("graph's gradient", gradient, read(folder[0], "graph-gradient.npy"));

        MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(new File(folder[0], "network.zip"), true);
        INDArray output = network.output(read(folder[0], "network-input.npy"));
        compare("network's outputs", output, read(folder[0], "network-output.npy"));
    }

    private static INDArray read(String folder, String name) {
        return Nd4j.createFromNpyFile(new File(folder, name));
    }

    private static void compare(String what, INDArray found, INDArray expected) {
        if (!found.equalsWithEps(expected, 1e-5)) {
            throw new IllegalStateException("the " + what + " differ: expected " + expected + ", found " + found);
        }
        System.out.println("the " + what + ": the same");
    }
}
