package org.plastic4j.benchmarks.cli;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.plastic4j.benchmarks.cases.EpisodeInputs;
import org.plastic4j.benchmarks.cases.EpisodeInputs.Work;
import org.plastic4j.benchmarks.cases.Implementation;
import org.plastic4j.benchmarks.measure.Agreement;
import org.plastic4j.benchmarks.measure.InterleavedTimer;
import org.plastic4j.benchmarks.nd4j.Plastic4jEpisodes;
import org.plastic4j.benchmarks.pytorch.PyTorch;
import org.plastic4j.benchmarks.pytorch.PyTorchEpisodes;
import org.plastic4j.training.stat.Spread;

/** Omniglot's embedding and its training beside PyTorch, in turns, once both agree. */
record EpisodeRun(int threads, PrintStream out) {
    private static final InterleavedTimer TURNS = new InterleavedTimer(10, 2, 0.5, 0, 21);
    private static final int BATCH = 16;
    private static final double TOLERANCE = 1e-4;

    void measure() {
        if (PyTorch.missing().isPresent()) {
            out.println("Nothing is measured: " + PyTorch.missing().get() + ".");
            return;
        }
        EpisodeInputs inputs = EpisodeInputs.draw(BATCH, Benchmark.SEED);
        compare(
                "embedding of 96 drawings with gradient, ms a drawing",
                inputs,
                Work.EMBEDDING,
                BATCH,
                EpisodeInputs.STEPS);
        compare("update with 16 episodes, PyTorch with 1, ms an episode", inputs, Work.TRAINING, 1, 1);
        compare("update with 16 episodes, PyTorch with 16, ms an episode", inputs, Work.TRAINING, BATCH, 1);
    }

    /** All that one thread does, it does in the one that asks for it: what others do on the machine does not count. */
    private LongSupplier clock() {
        ThreadMXBean threadTimes = ManagementFactory.getThreadMXBean();
        return threads == 1 && threadTimes.isCurrentThreadCpuTimeSupported()
                ? threadTimes::getCurrentThreadCpuTime
                : System::nanoTime;
    }

    /**
     * @param pytorchBatch episodes at a time for PyTorch
     * @param parts how many of what is counted an episode has
     */
    private void compare(String what, EpisodeInputs inputs, Work work, int pytorchBatch, int parts) {
        try (Implementation ours = new Plastic4jEpisodes(inputs, work);
                Implementation pytorch = new PyTorchEpisodes(inputs, work, pytorchBatch)) {
            double error =
                    Agreement.require(what, pytorch.results(), ours.results(), "Plastic4j beside PyTorch", TOLERANCE);
            Map<Implementation, Spread> times = TURNS.time(List.of(ours, pytorch), clock());
            double our = times.get(ours).median() / parts;
            double their = times.get(pytorch).median() / parts;
            out.println(String.format(
                    Locale.ROOT,
                    "%s: %.3f, PyTorch %.3f, ratio %.2f (medians of %d, %s; relative error %.1e)",
                    what,
                    our,
                    their,
                    their / our,
                    times.get(ours).count(),
                    threads == 1
                            ? "processor time of one thread"
                            : String.format(Locale.ROOT, "wall time of %d threads", threads),
                    error));
            out.flush();
        }
    }
}
