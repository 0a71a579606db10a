package org.plastic4j.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.plastic4j.training.trainer.Interrupt;

/** Turns Ctrl-C and a polite kill into a run that stops after its step, saves its checkpoint and exits with 130. */
final class InterruptHook {
    private static final Duration BEFORE_A_WORD = Duration.ofSeconds(15);

    private final CountDownLatch done = new CountDownLatch(1);
    private final Duration beforeAWord;
    private final PrintStream err;
    private final Thread thread;
    private volatile int code = Launcher.FAILURE;

    private InterruptHook(Interrupt interrupt, Duration beforeAWord, PrintStream err) {
        this.beforeAWord = beforeAWord;
        this.err = err;
        this.thread = new Thread(() -> stop(interrupt), "interrupt");
    }

    /** Before the run takes over System.err, which is where the user hears of a step that takes long. */
    static InterruptHook install(Interrupt interrupt) {
        return install(interrupt, BEFORE_A_WORD, System.err);
    }

    static InterruptHook install(Interrupt interrupt, Duration beforeAWord, PrintStream err) {
        InterruptHook hook = new InterruptHook(interrupt, beforeAWord, err);
        Runtime.getRuntime().addShutdownHook(hook.thread);
        return hook;
    }

    /** Waits however long a step takes beside the machine's other work: the steps since the last checkpoint would be lost. */
    private void stop(Interrupt interrupt) {
        interrupt.request();
        try {
            if (!done.await(beforeAWord.toMillis(), TimeUnit.MILLISECONDS)) {
                err.println("The run ends when its current step has, with a checkpoint; kill -9 "
                        + ProcessHandle.current().pid() + " ends it now, at the checkpoint before.");
                done.await();
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
