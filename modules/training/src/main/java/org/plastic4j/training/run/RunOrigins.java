package org.plastic4j.training.run;

import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;

/** Where the figures of a page come from, in one sentence. */
public final class RunOrigins {
    private static final int COMMIT_DIGITS = 12;

    private RunOrigins() {}

    /**
     * @param runs what the runs say of themselves
     * @return machines and commits, each once
     */
    public static String of(Collection<RunFacts> runs) {
        return String.format(
                Locale.ROOT, "Runs: %s; commit %s.", all(runs, RunOrigins::machine), all(runs, RunOrigins::commit));
    }

    private static String all(Collection<RunFacts> runs, Function<RunFacts, String> fact) {
        TreeSet<String> all = new TreeSet<>();
        runs.forEach(run -> all.add(fact.apply(run)));
        return String.join("; ", all);
    }

    private static String commit(RunFacts run) {
        return run.text("commit")
                .map(commit -> commit.substring(0, Math.min(COMMIT_DIGITS, commit.length())))
                .orElse("unknown");
    }

    private static String machine(RunFacts run) {
        return String.format(
                Locale.ROOT,
                "%s processors (%s, %s), %s, %s",
                run.text("processors").orElse("unknown"),
                run.text("threads")
                        .map(threads -> threads.equals("1") ? "1 thread" : threads + " threads")
                        .orElse("unknown threads"),
                run.text("device").orElse("unknown"),
                run.text("os").orElse("unknown"),
                run.text("java").orElse("unknown"));
    }
}
