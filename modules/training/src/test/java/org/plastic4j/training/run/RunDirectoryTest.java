package org.plastic4j.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.UserError;

class RunDirectoryTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 2, 3, 4, 5, 6);

    @TempDir
    private Path folder;

    private static RunDirectory reserve(Path out) {
        return RunDirectory.reserve(Optional.of(out), "quadratic", 3, NOW);
    }

    @Test
    void defaultIsAFreshFolderNamedByTimeAndSeed() throws Exception {
        RunDirectory first = RunDirectory.reserve(Optional.empty(), "quadratic-test", 3, NOW);
        RunDirectory second = RunDirectory.reserve(Optional.empty(), "quadratic-test", 3, NOW);

        second.discard();
        first.discard();
        assertThat(first.path()).isEqualTo(Path.of("runs/quadratic-test/20260203-040506-s3"));
        assertThat(second.path()).isEqualTo(Path.of("runs/quadratic-test/20260203-040506-s3-2"));
        assertThat(Path.of("runs/quadratic-test")).doesNotExist();
    }

    @Test
    void emptyFolderIsTakenAsItIs() {
        assertThat(reserve(folder).path()).isEqualTo(folder);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void folderThatHoldsARunIsRejected() throws Exception {
        Files.createFile(folder.resolve("metrics.csv"));

        assertThatThrownBy(() -> reserve(folder))
                .isInstanceOf(UserError.class)
                .hasMessage("--out " + folder + ": already holds a run (metrics.csv), expected a new or empty folder");
    }

    @Test
    void fileIsRejected() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> reserve(file))
                .isInstanceOf(UserError.class)
                .hasMessage("--out " + file + ": expected a folder, found a file");
    }

    @Test
    void folderBelowAFileIsRejected() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Path out = file.resolve("a/b");

        assertThatThrownBy(() -> reserve(out))
                .isInstanceOf(UserError.class)
                .hasMessage("--out " + out + ": no run can be written there (" + file + " is a file)");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void folderThatCannotBeCreatedIsRejected() {
        assertThatThrownBy(() -> reserve(Path.of("/proc/x/y")))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--out /proc/x/y: no run can be written there (");
    }

    @Test
    void discardTakesBackOnlyWhatItCreatedAndWhatIsEmpty() throws Exception {
        RunDirectory directory = reserve(folder.resolve("a/b"));
        directory.discard();
        assertThat(folder).isEmptyDirectory();

        RunDirectory used = reserve(folder.resolve("c/d"));
        Files.createFile(used.log());
        used.discard();
        assertThat(folder.resolve("c/d/run.log")).exists();
    }

    @Test
    void fileThatCannotBeFinishedKeepsItsOldContent() throws Exception {
        Path file = folder.resolve("x");
        AtomicFiles.write(file, "old");

        assertThatThrownBy(() -> AtomicFiles.write(file, out -> {
                    out.write(1);
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(file).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("x");
    }

    @Test
    void versionsAreThoseOfTheBuild() {
        assertThat(Versions.plastic4j()).doesNotContain("$").isNotBlank();
        assertThat(Versions.nd4j()).startsWith("1.0.0");
        Versions.commit().ifPresent(commit -> assertThat(commit).matches("[0-9a-f]{40}"));
    }

    @Test
    void partsOfAPageThatAreWrittenAtOnceAreAllThere() throws Exception {
        Path page = folder.resolve("results.md");
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<?>> writing = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String name = "part" + i;
            writing.add(threads.submit(() -> {
                MarkedPage.write(page, "# Results", name, "text\n");
                return null;
            }));
        }
        for (Future<?> part : writing) {
            part.get();
        }
        threads.shutdown();
        String text = Files.readString(page);
        assertThat(text).startsWith("# Results");
        for (int i = 0; i < 24; i++) {
            assertThat(text).contains("<!-- part" + i + ":begin -->\ntext\n");
        }
        assertThat(folder.toFile().list()).containsExactly("results.md");
    }
}
