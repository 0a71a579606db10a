package org.plastic4j.benchmarks.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.plastic4j.benchmarks.cases.BenchmarkCase;
import org.plastic4j.benchmarks.cases.Cases;
import org.plastic4j.benchmarks.measure.Bandwidth;
import org.plastic4j.benchmarks.measure.InterleavedTimer;
import org.plastic4j.training.run.AtomicFiles;
import org.plastic4j.training.stat.Spread;

/**
 * performance.json, and performance.md which shows the same to people.
 *
 * @param machine what it ran on
 * @param made the day, the commit, and the versions of all implementations
 * @param bandwidth the machine's memory
 * @param turns how the implementations took turns
 * @param results of all cases, in their order
 */
public record PerformancePage(
        Machine machine, Made made, Bandwidth bandwidth, InterleavedTimer turns, List<CaseResult> results) {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final double GIGA = 1e9;

    /**
     * How the figures came to be.
     *
     * @param command what was typed
     * @param date the day
     * @param commit of this project; may be unknown
     * @param nd4j version
     * @param pytorch version; none where it is not there
     * @param djl version
     * @param compiled the versions of the PyTorch that compiled its step, and of its Python; none where none was given
     */
    public record Made(
            String command,
            String date,
            Optional<String> commit,
            String nd4j,
            Optional<String> pytorch,
            String djl,
            Optional<String> compiled) {}

    /**
     * Writes both files.
     *
     * @param folder where to; it is made if need be
     * @throws IOException if one cannot be written; each is whole or untouched
     */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        AtomicFiles.write(folder.resolve("performance.json"), json());
        AtomicFiles.write(folder.resolve("performance.md"), markdown());
    }

    /** @return a list of objects, one a case */
    public String json() {
        try {
            return MAPPER.writeValueAsString(
                            results.stream().map(CaseResult::toJson).toList()) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("performance.json", e);
        }
    }

    String markdown() {
        StringBuilder page = new StringBuilder(String.format(Locale.ROOT, """
            # Performance

            Generated from the same run as [performance.json](performance.json) by `%s`; do not edit. Whole lifetimes
            with the gradients of all parameters (w, alpha, eta, the rule's own), forward and backward: the fused
            lifetime, PyTorch through DJL, and the unrolled SameDiff graph. Milliseconds are medians, for one lifetime of
            the batch, with the quartiles in brackets.

            """, made.command()));
        page.append(table()).append('\n');
        results.stream()
                .filter(result -> !result.note().isEmpty())
                .forEach(result -> page.append(String.format(
                        Locale.ROOT, "- `%s`: %s.\n", result.benchmarkCase().name(), result.note())));
        length().ifPresent(line -> page.append('\n').append(line).append('\n'));
        page.append(text(
                """

                ## The machine

                | | |
                |---|---|
                | processor | %s, %d cores for Java, %.0f GiB of memory |
                | load when it began | %s |
                | system | %s |
                | Java | %s |
                | this project | %s, %s |
                | ND4J | %s |
                | PyTorch | %s, DJL %s |
                %s| threads | %s on each implementation |
                | memory, copying | %.1f GB/s, read and written, over arrays far larger than the caches |
                | memory, reading | %.1f GB/s, over the same |
                | copying 20 MB again and again | %.1f GB/s: what a network of 1,001 neurons may find in a cache |

                """,
                machine.processor(),
                machine.cores(),
                machine.memoryGib(),
                machine.load() < 0 ? "unknown" : text("%.1f", machine.load()),
                machine.system(),
                machine.java(),
                made.commit().map(commit -> "commit " + commit).orElse("no commit known"),
                made.date(),
                made.nd4j(),
                made.pytorch().orElse("none for this platform"),
                made.djl(),
                made.compiled()
                        .map(versions -> "| PyTorch's compiled step | " + versions + " |\n")
                        .orElse(""),
                results.stream()
                        .findFirst()
                        .map(result -> Integer.toString(result.threads()))
                        .orElse("-"),
                bandwidth.copy() / GIGA,
                bandwidth.read() / GIGA,
                bandwidth.matrixCopy() / GIGA));
        machine.warning().ifPresent(warning -> page.append(warning).append("\n\n"));
        page.append(
                String.format(Locale.ROOT, METHOD, turns.warmUpSeconds(), turns.restSeconds(), turns.untimedSeconds()));
        return page.toString();
    }

    private static final String METHOD = """
            ## How it is measured

            Both implementations get the same random inputs, already in their memory, and the same objective: weighted sums of
            all outputs and of the final traces. First they have to agree: all outputs, final traces and gradients, each
            within a relative error of 1e-4 in the Euclidean norm (1e-3 from 200 steps on), or nothing is timed. Then, after
            warming up for %.0f seconds, they take turns in one process: a rest of %.1f seconds, batches that are not timed for
            %.1f seconds (one at least), and one that is. (After a batch of 10 GB the system still frees what PyTorch
            released, which must not count for the next turn; after a rest, processors need some time to wake up.) JMH is
            not used: it runs each benchmark by itself, and is not made for turns in one process and for single shots of
            half a minute.

            PyTorch is written as a good user writes it: one loop over the steps and none over the lifetimes, a batched matrix
            product with `w + alpha * hebb`, autograd through the lifetime, and every array released as soon as it is out of
            use. The unrolled graph's figure at 1,001 neurons is of one lifetime only.

            `scripts/benchmark --python PYTHON` has a PyTorch of the user's choice take turns as well, with its step compiled
            by `torch.compile`: the same inputs and the same agreement, in a process that waits between its turns and times
            them itself.

            *Memory* is the largest resident set (`VmHWM`) of a process of its own, JVM and libraries included, after three
            batches, with the smallest Java heap (in steps of a twentieth) that each implementation runs with. *Share of
            limit* is the time that the fused kernel's bytes need at the measured copy bandwidth, by the count in
            [kernel.md](kernel.md), over the time taken. Where matrices stay in a cache, it can exceed 1. *Share of reading*
            is the same at the bandwidth with which arrays as large as this case's W, alpha and traces together are read
            again and again, from whatever cache they stay in.

            ## What limits it, and what was tried

            The lab book, [performance-notes.md](performance-notes.md), says what limits the kernel and lists every attempt
            with its prediction and its outcome.
            """;

    /** @return the figures, one line a case; PyTorch's compiled step has columns where it was measured */
    public String table() {
        boolean compiled = results.stream().anyMatch(result -> result.compiled().isPresent());
        List<String> titles =
                new ArrayList<>(List.of("case", "rule", "n", "T", "B", "ours, ms", "PyTorch, ms", "ratio"));
        if (compiled) {
            titles.addAll(List.of("compiled, ms", "ratio"));
        }
        titles.addAll(
                List.of("unrolled, ms", "ours, MiB", "PyTorch, MiB", "ratio", "share of limit", "share of reading"));
        StringBuilder table = new StringBuilder(row(titles))
                .append("|---".repeat(titles.size()))
                .append("|\n");
        results.forEach(result -> table.append(row(cells(result, compiled))));
        return table.toString();
    }

    private static List<String> cells(CaseResult result, boolean compiled) {
        BenchmarkCase benchmarkCase = result.benchmarkCase();
        List<String> cells = new ArrayList<>(List.of(
                benchmarkCase.name(),
                benchmarkCase.rule().key(),
                text("%,d", benchmarkCase.neurons()),
                text("%,d", benchmarkCase.steps()),
                text("%d", benchmarkCase.batch()),
                millis(result.ours()),
                millis(result.pytorch()),
                number("%.1f", result.speedRatio())));
        if (compiled) {
            cells.addAll(List.of(millis(result.compiled()), number("%.1f", result.compiledRatio())));
        }
        cells.addAll(List.of(
                millis(result.unrolled()),
                number("%,.0f", result.oursMib()),
                number("%,.0f", result.pytorchMib()),
                number("%.1f", result.memoryRatio()),
                number("%.2f", result.shareOfLimit()),
                number("%.2f", result.shareOfReading())));
        return cells;
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** What ten times as many steps cost, where both lengths were measured. */
    Optional<String> length() {
        Optional<CaseResult> base = find(Cases.BASE);
        Optional<CaseResult> longer = find(Cases.LONG);
        if (base.isEmpty() || longer.isEmpty()) {
            return Optional.empty();
        }
        ToDoubleFunction<CaseResult> aStep = result ->
                result.ours().orElseThrow().median() / result.benchmarkCase().steps();
        OptionalDouble memory =
                longer.get().oursMib().isPresent() && base.get().oursMib().isPresent()
                        ? OptionalDouble.of(longer.get().oursMib().getAsDouble()
                                / base.get().oursMib().getAsDouble())
                        : OptionalDouble.empty();
        return Optional.of(text(
                "A step of `%s` takes %.2f times as long as one of `%s`; its process takes %s times the memory.",
                Cases.LONG,
                aStep.applyAsDouble(longer.get()) / aStep.applyAsDouble(base.get()),
                Cases.BASE,
                number("%.2f", memory)));
    }

    private Optional<CaseResult> find(String name) {
        return results.stream()
                .filter(result -> result.benchmarkCase().name().equals(name)
                        && result.ours().isPresent())
                .findFirst();
    }

    private static String millis(Optional<Spread> spread) {
        return spread.map(s -> s.count() == 1
                        ? text("%,.1f", s.median())
                        : text("%,.1f (%,.1f to %,.1f)", s.median(), s.q25(), s.q75()))
                .orElse("");
    }

    private static String number(String format, OptionalDouble value) {
        return value.isPresent() ? text(format, value.getAsDouble()) : "";
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
