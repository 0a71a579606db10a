package org.plastic4j.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.plastic4j.training.trainer.Interrupt;

/** Turns Ctrl-C and a polite kill into a run that stops after its step, saves its checkpoint and exits with 130. */
final class InterruptHook {
    private static final long PATIENCE_SECONDS = 120;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread thread;
    private volatile int code = Launcher.FAILURE;

    private InterruptHook(Interrupt interrupt) {
        this.thread = new Thread(() -> stop(interrupt), "interrupt");
    }

    static InterruptHook install(Interrupt interrupt) {
        InterruptHook hook = new InterruptHook(interrupt);
        Runtime.getRuntime().addShutdownHook(hook.thread);
        return hook;
    }

    private void stop(Interrupt interrupt) {
        interrupt.request();
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println(
                        "The run did not stop within " + PATIENCE_SECONDS + " s: it ends without a checkpoint");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The process would end with 128 and the signal's number, which for a kill is not what scripts wait for.
        Runtime.getRuntime().halt(code == Launcher.OK ? Launcher.INTERRUPTED : code);
    }

    /** The run is over, everything is written, and this is its exit code. */
    void finished(int exitCode) {
        code = exitCode;
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The process is ending already: then the hook is waiting for this.
            done.countDown();
        }
    }
}
