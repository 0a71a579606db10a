package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.ChildJvm;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.rule.CustomRules;

/** What lifetimes of a rule that cannot be compiled take, and what is said of it, in a process of their own. */
@Tag("slow")
class ChunkedMemoryTest {
    private static final int NEURONS = 500;
    /** Ten chunks: as many checkpoints as there ever are. */
    private static final int SHORT = 40;

    private static final int LONG = 400;
    /** In traces of a lifetime; the states between all chunks would be 90 more. */
    private static final long MORE_TRACES = 30;

    @Test
    void tenTimesTheStepsTakeNoMoreMemoryAndTheLogSaysOnceWhyTheRuleRunsUnrolled()
            throws IOException, InterruptedException {
        // What is compiled later, and a heap that grows, would count too.
        List<String> steady =
                List.of("-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        String output = ChildJvm.output(Probe.class, steady);
        List<Long> bytes = output.lines()
                .filter(line -> line.startsWith("result "))
                .map(line -> Long.parseLong(line.substring("result ".length())))
                .toList();
        assertThat(bytes).hasSize(2);
        assertThat(bytes.get(1) - bytes.get(0))
                .as("bytes resident with %d steps beyond the %d with %d", LONG, bytes.get(0), SHORT)
                .isLessThan(MORE_TRACES * NEURONS * NEURONS * Float.BYTES);
        assertThat(output.lines().filter(line -> line.contains("normalised")))
                .singleElement()
                .asString()
                .contains("WARN")
                .endsWith("Lifetimes of the rule normalised run unrolled in chunks of 4 steps, slower than those of a"
                        + " compiled one: the op reduce_sum reduces a matrix of connections.");
    }

    /** Prints how many bytes are resident at most during short lifetimes, and during long ones. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] none) throws InterruptedException {
            int n = NEURONS;
            PlasticCell cell = new PlasticCell(n, Alpha.PER_CONNECTION, new CustomRules.Normalised());
            Map<String, INDArray> values = new Initialisation(0.02, 0.02, 0.1).draw(cell, DataType.FLOAT, 1);
            SameDiff graph = SameDiff.create();
            PlasticParameters parameters = PlasticParameters.create(graph, cell, values);
            SDVariable drive = graph.placeHolder("drive", DataType.FLOAT, -1, 1, n);
            SDVariable y = new FusedLifetime()
                    .build(graph, "life", cell, parameters, LifetimeInputs.driven(drive))
                    .y();
            y.mul(y).sum().rename("loss").markAsLoss();
            new LifetimeStepper(cell, values, 1).step(Nd4j.ones(DataType.FLOAT, 1, n));
            for (int warm = 0; warm < 3; warm++) {
                gradients(graph, SHORT, n);
            }
            for (int steps : new int[] {SHORT, LONG}) {
                AtomicLong most = new AtomicLong();
                AtomicBoolean running = new AtomicBoolean(true);
                Thread watching = new Thread(() -> {
                    while (running.get()) {
                        most.accumulateAndGet(Pointer.physicalBytes(), Math::max);
                        LockSupport.parkNanos(1_000_000);
                    }
                });
                watching.start();
                gradients(graph, steps, n);
                running.set(false);
                watching.join();
                System.out.println("result " + most);
            }
        }

        private static void gradients(SameDiff graph, int steps, int n) {
            try (INDArray input = Nd4j.ones(DataType.FLOAT, steps, 1, n)) {
                graph.calculateGradients(Map.of("drive", input), "w", "alpha", "eta")
                        .values()
                        .forEach(INDArray::close);
            }
        }
    }
}
