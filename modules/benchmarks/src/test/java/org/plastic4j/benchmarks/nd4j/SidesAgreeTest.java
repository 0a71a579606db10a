package org.plastic4j.benchmarks.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.plastic4j.benchmarks.measure.Agreement;
import org.plastic4j.benchmarks.pytorch.PyTorch;
import org.plastic4j.benchmarks.pytorch.PyTorchSide;
import org.plastic4j.benchmarks.subject.BenchmarkCase;
import org.plastic4j.benchmarks.subject.BenchmarkRule;
import org.plastic4j.benchmarks.subject.CaseInputs;
import org.plastic4j.benchmarks.subject.HostTensor;
import org.plastic4j.benchmarks.subject.Side;
import org.plastic4j.training.RunFailure;

class SidesAgreeTest {
    private static final long SEED = 7;

    @BeforeAll
    static void start() {
        assumeTrue(PyTorch.missing().isEmpty(), () -> PyTorch.missing().orElse(""));
        PyTorch.start(1);
    }

    private static BenchmarkCase subject(BenchmarkRule rule, int batch, boolean clamped, int pytorchBatch) {
        return new BenchmarkCase("test", rule, 19, 23, batch, clamped, pytorchBatch, BenchmarkCase.Unrolled.YES, "");
    }

    private static Map<String, HostTensor> results(Side side) {
        try (side) {
            return side.results();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFusedAndTheUnrolledLifetimeAgreeWithPyTorchInEveryRule(BenchmarkRule rule) {
        for (boolean clamped : new boolean[] {false, true}) {
            BenchmarkCase subject = subject(rule, 3, clamped, 3);
            CaseInputs inputs = CaseInputs.draw(subject, SEED);
            Map<String, HostTensor> expected = results(new PyTorchSide(inputs));
            assertThat(expected).containsKeys("y", "hebb", "grad_w", "grad_alpha");
            rule.ownParameters().forEach(own -> assertThat(expected).containsKey("grad_" + own));
            String where = "%s, clamped %s, seed %d".formatted(rule.key(), clamped, SEED);
            Agreement.require(where, expected, results(OurSide.fused(inputs)), "fused", 1e-4);
            Agreement.require(where, expected, results(OurSide.unrolled(inputs)), "unrolled", 1e-4);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "4"})
    void pyTorchGivesTheSameForABatchInPieces(int pieces) {
        Map<String, HostTensor> whole =
                results(new PyTorchSide(CaseInputs.draw(subject(BenchmarkRule.DECAYING_HEBB, 5, false, 5), SEED)));
        Map<String, HostTensor> inPieces =
                results(new PyTorchSide(CaseInputs.draw(subject(BenchmarkRule.DECAYING_HEBB, 5, false, pieces), SEED)));
        Agreement.require("seed " + SEED, whole, inPieces, "PyTorch in pieces of " + pieces, 1e-5);
    }

    @Test
    void repeatedRunsChangeNothing() {
        CaseInputs inputs = CaseInputs.draw(subject(BenchmarkRule.RETROACTIVE, 2, true, 2), SEED);
        try (Side side = new PyTorchSide(inputs)) {
            Map<String, HostTensor> before = side.results();
            side.run();
            side.run();
            Agreement.require("seed " + SEED, before, side.results(), "PyTorch after two runs", 0);
        }
        CaseInputs ours = CaseInputs.draw(subject(BenchmarkRule.OJA, 2, true, 2), SEED);
        try (Side side = OurSide.fused(ours)) {
            Map<String, HostTensor> before = side.results();
            side.run();
            side.run();
            Agreement.require("seed " + SEED, before, side.results(), "fused after two runs", 0);
        }
    }

    @Test
    void anotherEtaDoesNotPassForAgreement() {
        CaseInputs inputs = CaseInputs.draw(subject(BenchmarkRule.DECAYING_HEBB, 2, false, 2), SEED);
        Map<String, HostTensor> changed = new LinkedHashMap<>(inputs.tensors());
        changed.put("eta", new HostTensor(new long[] {1}, new float[] {0.051f}));
        CaseInputs other = new CaseInputs(inputs.subject(), changed);
        assertThatThrownBy(() -> Agreement.require(
                        "test", results(new PyTorchSide(inputs)), results(OurSide.fused(other)), "fused", 1e-4))
                .isInstanceOf(RunFailure.class)
                .hasMessageMatching("test is not timed: expected a relative error of grad_\\w+ of fused of at most"
                        + " 1e-04, found .*");
    }
}
