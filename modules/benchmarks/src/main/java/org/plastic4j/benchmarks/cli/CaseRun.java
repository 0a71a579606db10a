package org.plastic4j.benchmarks.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.plastic4j.benchmarks.cases.BenchmarkCase;
import org.plastic4j.benchmarks.cases.BenchmarkCase.Unrolled;
import org.plastic4j.benchmarks.cases.CaseInputs;
import org.plastic4j.benchmarks.cases.HostTensor;
import org.plastic4j.benchmarks.cases.Implementation;
import org.plastic4j.benchmarks.measure.Agreement;
import org.plastic4j.benchmarks.measure.Bandwidth;
import org.plastic4j.benchmarks.measure.InterleavedTimer;
import org.plastic4j.benchmarks.measure.Traffic;
import org.plastic4j.benchmarks.nd4j.Plastic4jImplementation;
import org.plastic4j.benchmarks.pytorch.CompiledImplementation;
import org.plastic4j.benchmarks.pytorch.CompilingPython;
import org.plastic4j.benchmarks.pytorch.PyTorch;
import org.plastic4j.benchmarks.pytorch.PyTorchImplementation;
import org.plastic4j.benchmarks.report.CaseResult;
import org.plastic4j.training.stat.Spread;

/**
 * Measures one case: agreement, time, memory.
 *
 * @param benchmarkCase the case
 * @param threads of every implementation
 * @param python whose compiled step takes part, where one was given
 * @param alternation how often to time
 * @param bandwidth the machine's
 * @param say takes progress, one line at a time
 */
record CaseRun(
        BenchmarkCase benchmarkCase,
        int threads,
        Optional<CompilingPython> python,
        InterleavedTimer alternation,
        Bandwidth bandwidth,
        Consumer<String> say) {
    private static final double NANOS_PER_MILLI = 1e6;

    CaseResult measure() {
        boolean pytorch = benchmarkCase.pytorchBatch() > 0 && PyTorch.missing().isEmpty();
        CaseInputs inputs = CaseInputs.draw(benchmarkCase, Benchmark.SEED);
        List<Implementation> implementations = new ArrayList<>();
        Implementation fused = Plastic4jImplementation.fused(inputs);
        Optional<Implementation> torch = pytorch ? Optional.of(new PyTorchImplementation(inputs)) : Optional.empty();
        Optional<Implementation> compiled = benchmarkCase.pytorchBatch() > 0
                ? python.map(found -> new CompiledImplementation(found, inputs, threads))
                : Optional.empty();
        Optional<Implementation> unrolled = benchmarkCase.unrolled() == Unrolled.YES
                ? Optional.of(Plastic4jImplementation.unrolled(inputs))
                : Optional.empty();
        implementations.add(fused);
        torch.ifPresent(implementations::add);
        compiled.ifPresent(implementations::add);
        unrolled.ifPresent(implementations::add);
        try {
            OptionalDouble error = OptionalDouble.empty();
            Optional<Spread> once = Optional.empty();
            say.accept("comparing");
            Map<String, HostTensor> found = fused.results();
            if (pytorch) {
                error = OptionalDouble.of(agree(torch.get(), found));
            }
            compiled.ifPresent(implementation -> agree(implementation, found));
            if (unrolled.isPresent()) {
                agree(unrolled.get(), found);
            } else if (benchmarkCase.unrolled() == Unrolled.ONCE) {
                say.accept("the unrolled graph, once");
                once = Optional.of(once(inputs, found));
            }
            say.accept("timing");
            Map<Implementation, Spread> times = alternation.time(implementations);
            close(implementations);
            say.accept("memory");
            return new CaseResult(
                    benchmarkCase,
                    threads,
                    Optional.of(times.get(fused)),
                    torch.map(times::get),
                    compiled.map(times::get),
                    once.or(() -> unrolled.map(times::get)),
                    memory(true, Probe::oursMib),
                    memory(pytorch, Probe::pytorchMib),
                    bandwidth.copy(),
                    Probe.reading(Traffic.readAgain(benchmarkCase, threads), threads),
                    error,
                    note());
        } finally {
            close(implementations);
        }
    }

    /** Each of them once: those that are closed are no longer in the list. */
    private static void close(List<Implementation> implementations) {
        while (!implementations.isEmpty()) {
            implementations.remove(0).close();
        }
    }

    /** What the fused lifetime found has to be what the other implementation says. */
    private double agree(Implementation expected, Map<String, HostTensor> found) {
        return Agreement.require(
                benchmarkCase.name(),
                expected.results(),
                found,
                "the fused lifetime beside " + expected.name(),
                benchmarkCase.tolerance());
    }

    private Spread once(CaseInputs inputs, Map<String, HostTensor> found) {
        try (Implementation implementation = Plastic4jImplementation.unrolled(inputs)) {
            long start = System.nanoTime();
            Map<String, HostTensor> expected = implementation.results();
            double millis = (System.nanoTime() - start) / NANOS_PER_MILLI / implementation.lifetimes();
            Agreement.require(
                    benchmarkCase.name(),
                    expected,
                    found,
                    "the fused lifetime beside " + implementation.name(),
                    benchmarkCase.tolerance());
            return Spread.of(millis);
        }
    }

    private OptionalDouble memory(boolean there, BiFunction<BenchmarkCase, Integer, OptionalDouble> probe) {
        return there ? probe.apply(benchmarkCase, threads) : OptionalDouble.empty();
    }

    private String note() {
        List<String> notes = new ArrayList<>();
        if (!benchmarkCase.note().isEmpty()) {
            notes.add(benchmarkCase.note());
        }
        PyTorch.missing().ifPresent(notes::add);
        return String.join("; ", notes);
    }
}
