package org.plastic4j.benchmarks.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.plastic4j.benchmarks.cases.AgentCase;
import org.plastic4j.benchmarks.measure.Agreement;
import org.plastic4j.benchmarks.pytorch.PyTorch;
import org.plastic4j.benchmarks.pytorch.PyTorchAgent;

@Tag("slow")
class AgentsAgreeTest {
    @BeforeAll
    static void start() {
        assumeTrue(PyTorch.missing().isEmpty(), () -> PyTorch.missing().orElse(""));
        PyTorch.start(1);
    }

    @Test
    void bothLiveTheSameEpisodesAndLearnTheSameFromThem() {
        AgentCase benchmarkCase = new AgentCase(12, 25, 4, 5);
        try (Plastic4jAgent ours = new Plastic4jAgent(benchmarkCase, 2, 5);
                PyTorchAgent torch = new PyTorchAgent(benchmarkCase, ours.parameters(), ours.seeds())) {
            double error = Agreement.require("agent", torch.results(), ours.results(), "ours beside PyTorch", 1e-4);

            assertThat(error).isPositive();
            assertThat(ours.results().get("reward").values()[0]).isNotZero();
        }
    }

    /** What goes into PyTorch is memory of Java's, which its gradients need as long as PyTorch remembers the life. */
    @Test
    void gradientsDoNotDependOnWhenTheGarbageCollectorRuns() throws InterruptedException {
        AgentCase benchmarkCase = new AgentCase(12, 25, 4, 5);
        AtomicBoolean isOver = new AtomicBoolean();
        Thread collector = new Thread(() -> {
            List<ByteBuffer> taken = new ArrayList<>();
            while (!isOver.get()) {
                System.gc();
                if (taken.size() > 100) {
                    taken.clear();
                }
                // Memory that was given back is written over: a byte of all ones makes numbers that are none.
                for (int size = 16; size <= 4096; size *= 2) {
                    ByteBuffer buffer = ByteBuffer.allocateDirect(size);
                    while (buffer.hasRemaining()) {
                        buffer.put((byte) -1);
                    }
                    taken.add(buffer);
                }
            }
        });
        try (Plastic4jAgent ours = new Plastic4jAgent(benchmarkCase, 1, 5);
                PyTorchAgent torch = new PyTorchAgent(benchmarkCase, ours.parameters(), ours.seeds())) {
            collector.start();
            for (int k = 0; k < 4; k++) {
                Agreement.require("agent", torch.results(), ours.results(), "ours beside PyTorch", 1e-4);
            }
        } finally {
            isOver.set(true);
            collector.join();
        }
    }
}
