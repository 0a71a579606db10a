package org.plastic4j.spark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RunStoreTest {
    @TempDir
    private Path folder;

    private StoreFiles files;
    private int copies;

    @BeforeEach
    void open() throws IOException {
        TestFileSystem.recover();
        files = StoreFiles.open(URI.create("test://" + folder.resolve("store")), TestFileSystem.SETTINGS);
    }

    @AfterEach
    void recover() {
        TestFileSystem.recover();
    }

    private RunStore store(Path local) throws IOException {
        return new RunStore(files, "quick/seed-1", local, Files.createDirectories(folder.resolve("links" + copies++)));
    }

    private Path stored() {
        return folder.resolve("store/quick/seed-1");
    }

    private List<String> allStored() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("store"))) {
            return all.filter(Files::isRegularFile)
                    .map(file -> stored().relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatARunHasWrittenIsBroughtToTheNextExecutorAsItWas() throws Exception {
        Path here = folder.resolve("here");
        ScriptedRun run = new ScriptedRun(here);
        run.begin();
        RunStore store = store(here);
        assertThat(store.bring()).as("nothing there yet").isFalse();
        for (int row = 1; row <= 7; row++) {
            run.next();
            store.keep(false);
        }
        Files.createDirectories(here.resolve("checkpoints/best"));
        for (Path part : List.of(Path.of("parameters.npz"), Path.of("optimizer.npz"), Path.of("state.json"))) {
            Files.copy(
                    here.resolve("checkpoint").resolve(part),
                    here.resolve("checkpoints/best").resolve(part));
        }
        store.keep(true);

        Path there = folder.resolve("there");
        assertThat(store(there).bring()).isTrue();

        for (String file : List.of(
                "config.yaml",
                "run.json",
                "metrics.csv",
                "checkpoint/parameters.npz",
                "checkpoint/optimizer.npz",
                "checkpoint/state.json",
                "checkpoints/best/state.json")) {
            assertThat(there.resolve(file)).hasSameBinaryContentAs(here.resolve(file));
        }
        assertThat(ScriptedRun.rowOfCheckpoint(there)).isEqualTo(6);
        assertThat(allStored())
                .noneMatch(name -> name.contains(".part") || name.contains(".new") || name.contains(".old"));
    }

    @Test
    void checkpointThatTheRunReplacesMeanwhileIsTakenWhole() throws Exception {
        Path here = folder.resolve("here");
        ScriptedRun run = new ScriptedRun(here);
        run.begin();
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
            try {
                while (!enough.get()) {
                    run.next();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Path links = Files.createDirectories(folder.resolve("snapshot/checkpoint"));
        int taken = 0;
        for (int i = 0; i < 300; i++) {
            if (CheckpointSet.snapshot(here.resolve("checkpoint"), links).isPresent()) {
                taken++;
                ScriptedRun.rowOfCheckpoint(links.getParent());
            }
        }
        enough.set(true);
        running.join();
        assertThat(taken).isPositive();
    }

    @Test
    void endOfARunIsStoredWhenItsProcessHasEnded() throws Exception {
        Path here = folder.resolve("here");
        ScriptedRun run = new ScriptedRun(here);
        run.begin();
        RunStore store = store(here);
        Files.writeString(here.resolve("run.json"), "{\"outcome\": \"max-lifetimes\"}");

        store.keep(false);
        assertThat(stored().resolve("run.json")).doesNotExist();
        store.keep(true);
        assertThat(stored().resolve("run.json")).exists();
    }

    @Test
    void runWithoutACheckpointBeginsAnew() throws Exception {
        Path here = folder.resolve("here");
        ScriptedRun run = new ScriptedRun(here);
        run.begin();
        run.next();
        store(here).keep(false);
        assertThat(stored().resolve("metrics.csv")).exists();

        assertThat(store(folder.resolve("there")).bring()).isFalse();

        assertThat(folder.resolve("there")).doesNotExist();
        assertThat(stored().resolve("metrics.csv")).doesNotExist();
    }

    @Test
    void earlierCheckpointsThatTheRunKeepsNoLongerGo() throws Exception {
        Path here = folder.resolve("here");
        ScriptedRun run = new ScriptedRun(here);
        run.begin();
        for (int row = 1; row <= 3; row++) {
            run.next();
        }
        Path earlier = here.resolve("checkpoints/000001");
        Files.createDirectories(earlier);
        for (String part : List.of("parameters.npz", "optimizer.npz", "state.json")) {
            Files.writeString(earlier.resolve(part), part);
        }
        RunStore store = store(here);
        store.keep(false);
        assertThat(stored().resolve("checkpoints/000001/state.json")).exists();

        for (String part : List.of("parameters.npz", "optimizer.npz", "state.json")) {
            Files.delete(earlier.resolve(part));
        }
        Files.delete(earlier);
        store.keep(false);
        assertThat(stored().resolve("checkpoints/000001")).doesNotExist();
        assertThat(stored().resolve("checkpoint/state.json")).exists();
    }

    /** Whatever was the last change that an executor made: the next one finds a run that it can resume or begin. */
    @Test
    void executorThatDiesAtAnyMomentLeavesARunThatCanBeResumed() throws Exception {
        int resumed = 0;
        for (int last = 0; ; last++) {
            TestFileSystem.recover();
            files.delete("quick");
            Path here = folder.resolve("here" + last);
            ScriptedRun run = new ScriptedRun(here);
            run.begin();
            RunStore dying = store(here);
            boolean died = false;
            TestFileSystem.CHANGES.set(last);
            int kept = 0;
            try {
                for (int row = 1; row <= 7; row++) {
                    run.next();
                    dying.keep(false);
                    kept = row;
                }
            } catch (IOException e) {
                died = true;
            }
            TestFileSystem.recover();
            Path there = folder.resolve("there" + last);
            boolean begun = store(there).bring();

            assertThat(begun || kept < 3)
                    .as("nothing is lost, died after change %d", last)
                    .isTrue();
            if (begun) {
                resumed++;
                int checkpoint = ScriptedRun.rowOfCheckpoint(there);
                assertThat(checkpoint).as("died after change %d", last).isGreaterThanOrEqualTo(kept / 3 * 3);
                assertThat(Files.readAllLines(there.resolve("metrics.csv")))
                        .as("died after change %d", last)
                        .hasSizeGreaterThan(checkpoint);
                new ScriptedRun(there).resume();
            }
            if (!died) {
                break;
            }
        }
        assertThat(resumed).isGreaterThan(20);
    }

    @Test
    void fullStoreKeepsWhatIsThereWhole() throws Exception {
        Path here = folder.resolve("here");
        ScriptedRun run = new ScriptedRun(here);
        run.begin();
        RunStore store = store(here);
        for (int row = 1; row <= 3; row++) {
            run.next();
            store.keep(false);
        }
        List<String> before = allStored();
        for (int row = 4; row <= 6; row++) {
            run.next();
        }
        // Room for the metrics, and for a part of the checkpoint.
        TestFileSystem.SPACE.set(Files.size(here.resolve("metrics.csv")) + 20);

        assertThatThrownBy(() -> store.keep(false)).hasMessage("No space left on device");

        assertThat(allStored()).isEqualTo(before);
        TestFileSystem.recover();
        Path there = folder.resolve("there");
        assertThat(store(there).bring()).isTrue();
        assertThat(ScriptedRun.rowOfCheckpoint(there)).isEqualTo(3);
        // When there is room again, nothing that was not stored is taken for stored.
        store.keep(false);
        assertThat(store(folder.resolve("later")).bring()).isTrue();
        assertThat(ScriptedRun.rowOfCheckpoint(folder.resolve("later"))).isEqualTo(6);
    }
}
