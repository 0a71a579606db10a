package org.plastic4j.benchmarks.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.plastic4j.benchmarks.measure.Agreement;
import org.plastic4j.benchmarks.pytorch.PyTorch;
import org.plastic4j.benchmarks.pytorch.PyTorchAgent;
import org.plastic4j.benchmarks.subject.AgentCase;

class AgentsAgreeTest {
    @BeforeAll
    static void start() {
        assumeTrue(PyTorch.missing().isEmpty(), () -> PyTorch.missing().orElse(""));
        PyTorch.start(1);
    }

    @Test
    void bothLiveTheSameEpisodesAndLearnTheSameFromThem() {
        AgentCase subject = new AgentCase(12, 25, 4, 5);
        try (OurAgent ours = new OurAgent(subject, 2, 5);
                PyTorchAgent torch = new PyTorchAgent(subject, ours.parameters(), ours.seeds())) {
            double error = Agreement.require("agent", torch.results(), ours.results(), "ours beside PyTorch", 1e-4);

            assertThat(error).isPositive();
            assertThat(ours.results().get("reward").values()[0]).isNotZero();
        }
    }
}
