package org.plastic4j.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.plastic4j.benchmarks.cases.BenchmarkCase;
import org.plastic4j.benchmarks.measure.Traffic;
import org.plastic4j.training.stat.Spread;

/**
 * What was measured of a case. All times are milliseconds a lifetime, forward and backward; what was not measured is
 * empty.
 *
 * @param benchmarkCase the case
 * @param threads of every implementation
 * @param ours the fused lifetime
 * @param pytorch PyTorch
 * @param compiled PyTorch's compiled step
 * @param unrolled the unrolled graph
 * @param oursMib the most resident memory of a process that does nothing else
 * @param pytorchMib the same with PyTorch
 * @param copyBytesPerSecond the machine's, see {@link org.plastic4j.benchmarks.measure.Bandwidth}
 * @param readBytesPerSecond how fast it reads as many bytes as this case's matrices have, again and again
 * @param error the largest relative error between the two implementations
 * @param note what a reader has to know; may be empty
 */
public record CaseResult(
        BenchmarkCase benchmarkCase,
        int threads,
        Optional<Spread> ours,
        Optional<Spread> pytorch,
        Optional<Spread> compiled,
        Optional<Spread> unrolled,
        OptionalDouble oursMib,
        OptionalDouble pytorchMib,
        double copyBytesPerSecond,
        double readBytesPerSecond,
        OptionalDouble error,
        String note) {
    /** @return how many times as long PyTorch takes */
    public OptionalDouble speedRatio() {
        return ratio(pytorch);
    }

    /** @return how many times as long PyTorch's compiled step takes */
    public OptionalDouble compiledRatio() {
        return ratio(compiled);
    }

    private OptionalDouble ratio(Optional<Spread> other) {
        return ours.isPresent() && other.isPresent()
                ? OptionalDouble.of(other.get().median() / ours.get().median())
                : OptionalDouble.empty();
    }

    /** @return how many times as much memory PyTorch takes */
    public OptionalDouble memoryRatio() {
        return oursMib.isPresent() && pytorchMib.isPresent()
                ? OptionalDouble.of(pytorchMib.getAsDouble() / oursMib.getAsDouble())
                : OptionalDouble.empty();
    }

    /** @return the time that the bytes need at the machine's copy bandwidth, as a share of the time taken */
    public OptionalDouble shareOfLimit() {
        return ours.isPresent()
                ? OptionalDouble.of(
                        Traffic.shareOfLimit(benchmarkCase, ours.get().median(), copyBytesPerSecond))
                : OptionalDouble.empty();
    }

    /** @return the same at the bandwidth with which its matrices are read where they lie, in a cache or in memory */
    public OptionalDouble shareOfReading() {
        return ours.isPresent()
                ? OptionalDouble.of(
                        Traffic.shareOfLimit(benchmarkCase, ours.get().median(), readBytesPerSecond))
                : OptionalDouble.empty();
    }

    /** @return an object of docs/performance.json: the eight keys that others rely on, and then more */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("case", benchmarkCase.name());
        json.put("ours_ms", median(ours));
        json.put("pytorch_ms", median(pytorch));
        json.put("unrolled_ms", median(unrolled));
        json.put("speed_ratio", value(speedRatio()));
        json.put("ours_rss_mb", value(oursMib));
        json.put("pytorch_rss_mb", value(pytorchMib));
        json.put("share_of_limit", value(shareOfLimit()));
        compiled.ifPresent(spread -> {
            json.put("compiled_ms", spread.median());
            json.put("compiled_ratio", value(compiledRatio()));
            json.put("compiled_quartiles_ms", quartiles(compiled));
        });
        json.put("rule", benchmarkCase.rule().key());
        json.put("n", benchmarkCase.neurons());
        json.put("t", benchmarkCase.steps());
        json.put("b", benchmarkCase.batch());
        json.put("clamped", benchmarkCase.clamped());
        json.put("pytorch_b", pytorch.isPresent() ? benchmarkCase.pytorchBatch() : null);
        json.put("threads", threads);
        json.put("ours_quartiles_ms", quartiles(ours));
        json.put("pytorch_quartiles_ms", quartiles(pytorch));
        json.put("unrolled_quartiles_ms", quartiles(unrolled));
        json.put("repetitions", ours.or(() -> pytorch).map(Spread::count).orElse(0));
        json.put("memory_ratio", value(memoryRatio()));
        json.put("bytes_a_lifetime", Traffic.aLifetime(benchmarkCase));
        json.put("copy_bytes_per_second", copyBytesPerSecond);
        json.put("read_bytes_per_second", readBytesPerSecond);
        json.put("share_of_reading", value(shareOfReading()));
        json.put("relative_error", value(error));
        json.put("note", note);
        return json;
    }

    private static Double median(Optional<Spread> spread) {
        return spread.map(Spread::median).orElse(null);
    }

    private static double[] quartiles(Optional<Spread> spread) {
        return spread.map(s -> new double[] {s.q25(), s.q75()}).orElse(null);
    }

    private static Double value(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
