package org.plastic4j.benchmarks.cases;

import static org.plastic4j.benchmarks.cases.BenchmarkRule.ABCD;
import static org.plastic4j.benchmarks.cases.BenchmarkRule.DECAYING_HEBB;
import static org.plastic4j.benchmarks.cases.BenchmarkRule.HARD_BOUND;
import static org.plastic4j.benchmarks.cases.BenchmarkRule.MODULATED;
import static org.plastic4j.benchmarks.cases.BenchmarkRule.OJA;
import static org.plastic4j.benchmarks.cases.BenchmarkRule.STPN;

import java.util.List;
import java.util.stream.Stream;
import org.plastic4j.benchmarks.cases.BenchmarkCase.Unrolled;

/** What is measured. */
public final class Cases {
    /** The case that others are set in relation to. */
    public static final String BASE = "n1001-t106";
    /** The same, longer. */
    public static final String LONG = "n1001-t1006";

    private static final String PATTERNS = "binary patterns, as released";

    private Cases() {}

    /** @return the cases of docs/performance.md */
    public static List<BenchmarkCase> full() {
        return List.of(
                new BenchmarkCase(BASE, DECAYING_HEBB, 1001, 106, 1, false, 1, Unrolled.ONCE, PATTERNS),
                new BenchmarkCase(
                        "n1001-t106-b8",
                        DECAYING_HEBB,
                        1001,
                        106,
                        8,
                        false,
                        4,
                        Unrolled.NO,
                        "a batch; PyTorch takes 4 lifetimes at a time, since 8 do not fit into 16 GB"),
                new BenchmarkCase(
                        LONG,
                        DECAYING_HEBB,
                        1001,
                        1006,
                        1,
                        false,
                        0,
                        Unrolled.NO,
                        "a long life; it does not fit into 16 GB for PyTorch, so nothing checks it at this length"),
                small("n100-t200-b30-hard", HARD_BOUND, "the maze's size"),
                small("n100-t200-b30-decaying", DECAYING_HEBB, "the maze's size"),
                small("n100-t200-b30-oja", OJA, "the maze's size"),
                small("n100-t200-b30-modulated", MODULATED, "the maze's size"),
                small(
                        "n100-t200-b30-abcd",
                        ABCD,
                        Unrolled.NO,
                        "four matrices of parameters beside W and alpha; the unrolled graph does not fit into 8 GB"),
                small("n100-t200-b30-stpn", STPN, Unrolled.NO, "a decay and a rate for every connection"),
                new BenchmarkCase("n2048-t106", DECAYING_HEBB, 2048, 106, 1, false, 1, Unrolled.NO, "a wide network"),
                new BenchmarkCase(
                        "n1025-t201-clamped",
                        DECAYING_HEBB,
                        1025,
                        201,
                        1,
                        true,
                        1,
                        Unrolled.NO,
                        "the natural images' size, clamped"));
    }

    private static BenchmarkCase small(String name, BenchmarkRule rule, String note) {
        return small(name, rule, Unrolled.ONCE, note);
    }

    private static BenchmarkCase small(String name, BenchmarkRule rule, Unrolled unrolled, String note) {
        return new BenchmarkCase(name, rule, 100, 200, 30, false, 30, unrolled, note);
    }

    /** @return smaller ones of every kind, for a look in less than two minutes */
    public static List<BenchmarkCase> quick() {
        return List.of(
                quick("quick-hebb", DECAYING_HEBB, 301, 50, 1, false, Unrolled.YES),
                quick("quick-hebb-b4", DECAYING_HEBB, 301, 50, 4, false, Unrolled.NO),
                quick("quick-oja", OJA, 301, 50, 1, false, Unrolled.NO),
                quick("quick-clamped", DECAYING_HEBB, 257, 40, 1, true, Unrolled.NO),
                quick("quick-hard", HARD_BOUND, 64, 50, 8, false, Unrolled.YES),
                quick("quick-modulated", MODULATED, 64, 50, 8, false, Unrolled.NO));
    }

    private static BenchmarkCase quick(
            String name, BenchmarkRule rule, int n, int t, int b, boolean clamped, Unrolled unrolled) {
        return new BenchmarkCase(name, rule, n, t, b, clamped, b, unrolled, "");
    }

    /** @return all of both */
    public static List<BenchmarkCase> all() {
        return Stream.concat(full().stream(), quick().stream()).toList();
    }
}
