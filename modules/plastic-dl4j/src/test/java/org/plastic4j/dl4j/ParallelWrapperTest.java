package org.plastic4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

/** Plastic layers in several threads of Deeplearning4j's, each with a network of its own. */
class ParallelWrapperTest {
    private static final int STEPS = 7;
    private static final int BATCH = 4;
    private static final double ROUNDING = 1e-5;
    private static final int RUNS = 5;

    private static DataSet batch(long seed) {
        return new DataSet(
                Networks.input(DataType.FLOAT, BATCH, Networks.INPUTS, STEPS, seed),
                Networks.classes(DataType.FLOAT, BATCH, STEPS, seed));
    }

    private static MultiLayerNetwork network(Execution execution) {
        return Networks.network(Networks.plastic().execution(execution).build(), DataType.FLOAT, new Sgd(0.1));
    }

    private static INDArray trainedByTwoThreads(Execution execution) {
        MultiLayerNetwork network = network(execution);
        ParallelWrapper wrapper = new ParallelWrapper.Builder<>(network)
                .workers(2)
                .averagingFrequency(1)
                .prefetchBuffer(0)
                .trainingMode(ParallelWrapper.TrainingMode.AVERAGING)
                .build();
        wrapper.fit(new ExistingDataSetIterator(List.of(batch(1), batch(2), batch(3), batch(4))));
        wrapper.shutdown();
        return network.params();
    }

    /**
     * What most runs end with: about one in a hundred ends with other parameters, always the same ones, with unrolled
     * lifetimes as with fused ones, and beside other work twice in a row.
     */
    private static INDArray mostlyTrained(Execution execution) {
        List<INDArray> runs = Stream.generate(() -> trainedByTwoThreads(execution))
                .limit(RUNS)
                .toList();
        Comparator<INDArray> byFrequency = Comparator.comparingLong(run ->
                runs.stream().filter(other -> other.distance2(run) < ROUNDING).count());
        return runs.stream().max(byFrequency).orElseThrow();
    }

    @Test
    void trainsAFusedLifetimeAsItDoesAnUnrolledOne() {
        INDArray fused = mostlyTrained(Execution.FUSED);

        assertThat(fused).isNotEqualTo(network(Execution.FUSED).params());
        assertThat(fused.distance2(mostlyTrained(Execution.UNROLLED))).isLessThan(ROUNDING);
    }
}
