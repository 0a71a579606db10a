///usr/bin/env jbang "$0" "$@" ; exit $?
// The README's example without a project: jbang examples/Remember.java, elsewhere than on Linux with x86-64 processors with
// -Djavacpp.platform=macosx-arm64 (macosx-x86_64, linux-arm64, windows-x86_64) before the file.
//JAVA 17+
//DEPS org.plastic4j:plastic-core:0.1.0-SNAPSHOT
//DEPS org.nd4j:nd4j-native:1.0.0-M2.1
//DEPS org.nd4j:nd4j-native:1.0.0-M2.1:${javacpp.platform:linux-x86_64}
//DEPS org.bytedeco:openblas:0.3.19-1.5.7:${javacpp.platform:linux-x86_64}
//DEPS org.bytedeco:javacpp:1.5.7:${javacpp.platform:linux-x86_64}
//DEPS org.slf4j:slf4j-api:2.0.20
//DEPS org.slf4j:slf4j-nop:2.0.20
//RUNTIME_OPTIONS --add-modules=jdk.incubator.vector
import java.util.Map;
import org.nd4j.autodiff.samediff.*;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.plastic4j.core.cell.*;
import org.plastic4j.core.graph.Gradients;
import org.plastic4j.core.lifetime.*;
import org.plastic4j.core.rule.DecayingHebb;

public class Remember { // 20 plastic neurons learn to keep their first input for 5 steps, in batches of 16 lifetimes
    public static void main(String[] arguments) {
        Nd4j.getRandom().setSeed(1);
        SameDiff graph = SameDiff.create();
        SDVariable input = graph.placeHolder("input", DataType.FLOAT, 5, 16, 20); // time, batch, neurons
        SDVariable target = graph.placeHolder("target", DataType.FLOAT, 16, 20);
        PlasticCell cell = new PlasticCell(20, Alpha.PER_CONNECTION, new DecayingHebb());
        Map<String, INDArray> initial = new Initialisation(0.1, 0.1, 0.1).draw(cell, DataType.FLOAT, 0);
        PlasticParameters parameters = PlasticParameters.create(graph, cell, initial);
        SDVariable y = new FusedLifetime().build(graph, "life", cell, parameters, LifetimeInputs.driven(input)).y();
        SDVariable last = graph.slice(y, new int[] {4, 0, 0}, 1, 16, 20).reshape(16, 20);
        graph.loss().meanSquaredError("loss", target, last, null);
        graph.setTrainingConfig(new TrainingConfig(new Adam(0.03), null, "input", "target"));
        Gradients.prepare(graph);
        for (int update = 1; update <= 300; update++) {
            INDArray bits = Transforms.sign(Nd4j.randn(DataType.FLOAT, 16, 20));
            INDArray sequence = Nd4j.concat(0, bits.reshape(1, 16, 20), Nd4j.zeros(DataType.FLOAT, 4, 16, 20));
            graph.fit(new DataSet(sequence, bits));
            INDArray loss = graph.outputSingle(Map.of("input", sequence, "target", bits), "loss");
            if (update % 100 == 0) System.out.printf("update %d: loss %.3f%n", update, loss.getDouble(0));
        }
    }
}
