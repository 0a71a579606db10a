package org.plastic4j.core.graph;

import java.io.PrintStream;
import org.nd4j.autodiff.samediff.SameDiff;

/** A graph's gradient function. */
public final class Gradients {
    private static final String SAID = "Added differentiated op ";

    private Gradients() {}

    /**
     * Builds a graph's gradient function, as {@link SameDiff#createGradFunction(String...) SameDiff.createGradFunction} does,
     * which {@code fit} and {@code calculateGradients} otherwise call when they first need it. SameDiff 1.0.0-M2.1 prints a
     * line for each op on standard output while it does so, and has no setting against it; called here, it does not. What other
     * threads print meanwhile is printed.
     *
     * @param graph complete, with its loss marked
     * @param variables whose gradients are wanted besides those of trainable variables, such as placeholders
     */
    public static void prepare(SameDiff graph, String... variables) {
        // Two at once would put back each other's stream.
        synchronized (Gradients.class) {
            PrintStream out = System.out;
            System.setOut(new WithoutSameDiff(out));
            try {
                graph.createGradFunction(variables);
            } finally {
                System.setOut(out);
            }
        }
    }

    /** Passes on everything but what SameDiff says of the graph that this thread differentiates. */
    private static final class WithoutSameDiff extends PrintStream {
        private final PrintStream out;
        private final Thread differentiating = Thread.currentThread();

        WithoutSameDiff(PrintStream out) {
            super(out, true);
            this.out = out;
        }

        @Override
        public void println(String line) {
            if (Thread.currentThread() != differentiating || !line.startsWith(SAID)) {
                out.println(line);
            }
        }
    }
}
