package org.plastic4j.benchmarks.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.plastic4j.benchmarks.cases.BenchmarkCase;
import org.plastic4j.benchmarks.cases.BenchmarkRule;
import org.plastic4j.benchmarks.cases.CaseInputs;
import org.plastic4j.benchmarks.cases.HostTensor;
import org.plastic4j.benchmarks.cases.Implementation;
import org.plastic4j.benchmarks.measure.Agreement;
import org.plastic4j.benchmarks.pytorch.CompiledImplementation;
import org.plastic4j.benchmarks.pytorch.CompilingPython;
import org.plastic4j.benchmarks.pytorch.PyTorch;
import org.plastic4j.benchmarks.pytorch.PyTorchImplementation;
import org.plastic4j.training.RunFailure;

@Tag("slow")
class ImplementationsAgreeTest {
    private static final long SEED = 7;
    private static final String PYTHON = "plastic4j.benchmark.python";

    @BeforeAll
    static void start() {
        assumeTrue(PyTorch.missing().isEmpty(), () -> PyTorch.missing().orElse(""));
        PyTorch.start(1);
    }

    private static BenchmarkCase benchmarkCase(BenchmarkRule rule, int batch, boolean clamped, int pytorchBatch) {
        return new BenchmarkCase("test", rule, 19, 23, batch, clamped, pytorchBatch, BenchmarkCase.Unrolled.YES, "");
    }

    private static Map<String, HostTensor> results(Implementation implementation) {
        try (implementation) {
            return implementation.results();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFusedAndTheUnrolledLifetimeAgreeWithPyTorchInEveryRule(BenchmarkRule rule) {
        for (boolean clamped : new boolean[] {false, true}) {
            BenchmarkCase benchmarkCase = benchmarkCase(rule, 3, clamped, 3);
            CaseInputs inputs = CaseInputs.draw(benchmarkCase, SEED);
            Map<String, HostTensor> expected = results(new PyTorchImplementation(inputs));
            assertThat(expected).containsKeys("y", "hebb", "grad_w", "grad_alpha");
            rule.ownParameters().forEach(own -> assertThat(expected).containsKey("grad_" + own));
            String where = "%s, clamped %s, seed %d".formatted(rule.key(), clamped, SEED);
            Agreement.require(where, expected, results(Plastic4jImplementation.fused(inputs)), "fused", 1e-4);
            Agreement.require(where, expected, results(Plastic4jImplementation.unrolled(inputs)), "unrolled", 1e-4);
        }
    }

    /** With {@code -Dplastic4j.benchmark.python=PATH}, a Python that compiles. */
    @ParameterizedTest
    @EnumSource
    @EnabledIfSystemProperty(named = PYTHON, matches = ".+")
    void theFusedLifetimeAgreesWithPyTorchsCompiledStepInEveryRule(BenchmarkRule rule) {
        CompilingPython python = new CompilingPython(System.getProperty(PYTHON), "");
        // Each case is compiled anew, which takes many seconds.
        boolean clamped = rule.ordinal() % 2 == 1;
        CaseInputs inputs = CaseInputs.draw(benchmarkCase(rule, 4, clamped, 2), SEED);
        Agreement.require(
                "%s, clamped %s, seed %d".formatted(rule.key(), clamped, SEED),
                results(new CompiledImplementation(python, inputs, 1)),
                results(Plastic4jImplementation.fused(inputs)),
                "fused",
                1e-4);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "4"})
    void pyTorchGivesTheSameForABatchInPieces(int pieces) {
        Map<String, HostTensor> whole = results(new PyTorchImplementation(
                CaseInputs.draw(benchmarkCase(BenchmarkRule.DECAYING_HEBB, 5, false, 5), SEED)));
        Map<String, HostTensor> inPieces = results(new PyTorchImplementation(
                CaseInputs.draw(benchmarkCase(BenchmarkRule.DECAYING_HEBB, 5, false, pieces), SEED)));
        Agreement.require("seed " + SEED, whole, inPieces, "PyTorch in pieces of " + pieces, 1e-5);
    }

    @Test
    void repeatedRunsChangeNothing() {
        CaseInputs inputs = CaseInputs.draw(benchmarkCase(BenchmarkRule.RETROACTIVE, 2, true, 2), SEED);
        try (Implementation implementation = new PyTorchImplementation(inputs)) {
            Map<String, HostTensor> before = implementation.results();
            implementation.run();
            implementation.run();
            Agreement.require("seed " + SEED, before, implementation.results(), "PyTorch after two runs", 0);
        }
        CaseInputs ours = CaseInputs.draw(benchmarkCase(BenchmarkRule.OJA, 2, true, 2), SEED);
        try (Implementation implementation = Plastic4jImplementation.fused(ours)) {
            Map<String, HostTensor> before = implementation.results();
            implementation.run();
            implementation.run();
            Agreement.require("seed " + SEED, before, implementation.results(), "fused after two runs", 0);
        }
    }

    @Test
    void anotherEtaDoesNotPassForAgreement() {
        CaseInputs inputs = CaseInputs.draw(benchmarkCase(BenchmarkRule.DECAYING_HEBB, 2, false, 2), SEED);
        Map<String, HostTensor> changed = new LinkedHashMap<>(inputs.tensors());
        changed.put("eta", new HostTensor(new long[] {1}, new float[] {0.051f}));
        CaseInputs other = new CaseInputs(inputs.benchmarkCase(), changed);
        assertThatThrownBy(() -> Agreement.require(
                        "test",
                        results(new PyTorchImplementation(inputs)),
                        results(Plastic4jImplementation.fused(other)),
                        "fused",
                        1e-4))
                .isInstanceOf(RunFailure.class)
                .hasMessageMatching("test is not timed: expected a relative error of grad_\\w+ of fused of at most"
                        + " 1e-04, found .*");
    }
}
