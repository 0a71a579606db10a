package org.plastic4j.benchmarks.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.plastic4j.benchmarks.measure.Agreement;
import org.plastic4j.benchmarks.measure.Alternation;
import org.plastic4j.benchmarks.measure.Bandwidth;
import org.plastic4j.benchmarks.measure.Traffic;
import org.plastic4j.benchmarks.nd4j.OurSide;
import org.plastic4j.benchmarks.pytorch.PyTorch;
import org.plastic4j.benchmarks.pytorch.PyTorchSide;
import org.plastic4j.benchmarks.report.CaseResult;
import org.plastic4j.benchmarks.subject.BenchmarkCase;
import org.plastic4j.benchmarks.subject.BenchmarkCase.Unrolled;
import org.plastic4j.benchmarks.subject.CaseInputs;
import org.plastic4j.benchmarks.subject.HostTensor;
import org.plastic4j.benchmarks.subject.Side;
import org.plastic4j.training.stat.Spread;

/**
 * Measures one case: agreement, time, memory.
 *
 * @param subject the case
 * @param threads of every side
 * @param alternation how often to time
 * @param bandwidth the machine's
 * @param say takes progress, one line at a time
 */
record CaseRun(BenchmarkCase subject, int threads, Alternation alternation, Bandwidth bandwidth, Consumer<String> say) {
    private static final double NANOS_PER_MILLI = 1e6;

    CaseResult measure() {
        boolean pytorch = subject.pytorchBatch() > 0 && PyTorch.missing().isEmpty();
        CaseInputs inputs = CaseInputs.draw(subject, Benchmark.SEED);
        List<Side> sides = new ArrayList<>();
        Side fused = OurSide.fused(inputs);
        Optional<Side> torch = pytorch ? Optional.of(new PyTorchSide(inputs)) : Optional.empty();
        Optional<Side> unrolled =
                subject.unrolled() == Unrolled.YES ? Optional.of(OurSide.unrolled(inputs)) : Optional.empty();
        sides.add(fused);
        torch.ifPresent(sides::add);
        unrolled.ifPresent(sides::add);
        try {
            OptionalDouble error = OptionalDouble.empty();
            Optional<Spread> once = Optional.empty();
            say.accept("comparing");
            Map<String, HostTensor> found = fused.results();
            if (pytorch) {
                error = OptionalDouble.of(agree(torch.get(), found));
            }
            if (unrolled.isPresent()) {
                agree(unrolled.get(), found);
            } else if (subject.unrolled() == Unrolled.ONCE) {
                say.accept("the unrolled graph, once");
                once = Optional.of(once(inputs, found));
            }
            say.accept("timing");
            Map<Side, Spread> times = alternation.time(sides);
            sides.forEach(Side::close);
            say.accept("memory");
            return new CaseResult(
                    subject,
                    threads,
                    Optional.of(times.get(fused)),
                    torch.map(times::get),
                    once.or(() -> unrolled.map(times::get)),
                    memory(true, Probe::oursMib),
                    memory(pytorch, Probe::pytorchMib),
                    bandwidth.copy(),
                    Probe.reading(Traffic.readAgain(subject, threads), threads),
                    error,
                    note());
        } finally {
            sides.forEach(Side::close);
        }
    }

    /** What the fused lifetime found has to be what the other side says. */
    private double agree(Side expected, Map<String, HostTensor> found) {
        return Agreement.require(
                subject.name(),
                expected.results(),
                found,
                "the fused lifetime beside " + expected.name(),
                subject.tolerance());
    }

    private Spread once(CaseInputs inputs, Map<String, HostTensor> found) {
        try (Side side = OurSide.unrolled(inputs)) {
            long start = System.nanoTime();
            Map<String, HostTensor> expected = side.results();
            double millis = (System.nanoTime() - start) / NANOS_PER_MILLI / side.lifetimes();
            Agreement.require(
                    subject.name(), expected, found, "the fused lifetime beside " + side.name(), subject.tolerance());
            return Spread.of(millis);
        }
    }

    private OptionalDouble memory(boolean there, BiFunction<BenchmarkCase, Integer, OptionalDouble> probe) {
        return there ? probe.apply(subject, threads) : OptionalDouble.empty();
    }

    private String note() {
        List<String> notes = new ArrayList<>();
        if (!subject.note().isEmpty()) {
            notes.add(subject.note());
        }
        PyTorch.missing().ifPresent(notes::add);
        return String.join("; ", notes);
    }
}
