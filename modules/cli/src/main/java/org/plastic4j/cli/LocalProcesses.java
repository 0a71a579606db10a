package org.plastic4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * Runs in processes of this computer.
 *
 * @param child the JVM of a run
 * @param atATime how many at a time
 */
record LocalProcesses(ChildJvm child, int atATime) implements RunExecutor {
    @Override
    public RunningJob start(RunJob job) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(child.command(java, child.classPath(), job.arguments()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(job.output().toFile()))
                .start();
        return new Running(process, process.onExit().thenApply(Process::exitValue));
    }

    @Override
    public void close() {
        // Its processes have ended.
    }

    /** The future is the same each time it is asked for: a new one is not done at once, even of a process that has ended. */
    private record Running(Process process, CompletableFuture<Integer> exitCode) implements RunningJob {
        /** A polite kill. */
        @Override
        public void stop() {
            process.destroy();
        }
    }
}
