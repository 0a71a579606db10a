package org.plastic4j.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.UserError;

class RunLockTest {
    @TempDir
    private Path folder;

    /** Another program, which holds the lock until it is killed. */
    static final class Holder {
        public static void main(String[] arguments) throws Exception {
            Path run = Path.of(arguments[0]);
            RunLock.acquire(run);
            // As a report does, and the page that follows the run.
            Files.readString(Files.writeString(run.resolve("metrics.csv"), "lifetimes,error\n"));
            RunLock.isHeld(run);
            System.out.println("held");
            Thread.sleep(600_000);
        }
    }

    private Process holder() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("held");
        return process;
    }

    @Test
    void directoryThatAnotherProcessWritesIsHeldUntilThatProcessIsKilled() throws Exception {
        assertThat(RunLock.isHeld(folder)).isFalse();
        Process process = holder();
        try {
            assertThat(RunLock.isHeld(folder)).isTrue();
            assertThatThrownBy(() -> RunLock.acquire(folder))
                    .isInstanceOf(UserError.class)
                    .hasMessage(folder + ": another process is writing it, expected the run to be stopped");
        } finally {
            process.destroyForcibly();
            process.waitFor(60, TimeUnit.SECONDS);
        }
        assertThat(RunLock.isHeld(folder)).isFalse();
        RunLock.acquire(folder).close();
    }

    @Test
    void ownDirectoryIsHeldHoweverOftenThisProcessLooks() throws Exception {
        RunLock lock = RunLock.acquire(folder);
        assertThat(RunLock.isHeld(folder)).isTrue();
        assertThat(RunLock.isHeld(folder.resolve("."))).isTrue();
        assertThatThrownBy(() -> RunLock.acquire(folder)).isInstanceOf(UserError.class);
        assertThat(RunLock.isHeld(folder)).isTrue();
        lock.close();
        assertThat(RunLock.isHeld(folder)).isFalse();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void lookingWritesNothing() {
        assertThat(RunLock.isHeld(folder)).isFalse();
        assertThat(folder).isEmptyDirectory();
        assertThat(RunLock.isHeld(folder.resolve("nothing"))).isFalse();
        assertThat(Files.exists(folder.resolve("nothing"))).isFalse();
    }
}
