package org.plastic4j.live.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.UserError;
import org.plastic4j.training.run.RunDirectory;
import org.plastic4j.training.run.RunLock;

@Tag("slow")
class RunIndexTest {
    @TempDir
    private Path folder;

    private static <T> T look(RunIndex index, Function<RunIndex.View, T> use) throws InterruptedException {
        // It does not look more often.
        Thread.sleep(350);
        return index.look(use);
    }

    private static List<String> names(RunIndex.View view) {
        return view.runs().stream()
                .map(run -> run.directory().path().getFileName().toString())
                .toList();
    }

    private static WatchedRun run(RunIndex index, int number) throws InterruptedException {
        return look(index, view -> view.runs().get(number));
    }

    private static List<String> found(RunIndex index) throws InterruptedException {
        return look(index, RunIndexTest::names);
    }

    private RunState state(RunIndex index) throws InterruptedException {
        return run(index, 0).state();
    }

    @Test
    void runsAreFoundAtAnyDepthSeedTenBehindSeedNine() throws Exception {
        for (String path : List.of("a/sweep/seed-10", "a/sweep/seed-9", "b/c/d/seed-0", "alone", ".hidden/run")) {
            TestRuns.begin(folder.resolve(path), "tiny", 0, "oja");
        }
        RunIndex index = new RunIndex(List.of(folder));
        assertThat(found(index)).containsExactly("seed-9", "seed-10", "alone", "seed-0");
        assertThat(found(new RunIndex(List.of(folder.resolve("alone"))))).containsExactly("alone");
    }

    @Test
    void linksAreNotFollowed() throws Exception {
        TestRuns.begin(folder.resolve("outside/run"), "tiny", 0, "oja");
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Files.createSymbolicLink(inside.resolve("link"), folder.resolve("outside"));
        assertThat(found(new RunIndex(List.of(inside)))).isEmpty();
    }

    @Test
    void folderThatIsNotThereYetMayComeAndFileIsRejected() throws Exception {
        RunIndex index = new RunIndex(List.of(folder.resolve("later")));
        assertThat(found(index)).isEmpty();
        TestRuns.begin(folder.resolve("later/run"), "tiny", 0, "oja");
        assertThat(found(index)).containsExactly("run");

        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> new RunIndex(List.of(file)))
                .isInstanceOf(UserError.class)
                .hasMessage(file + ": expected a folder, found a file");
    }

    @Test
    void versionGrowsWithWhatChangesAndNotWithout() throws Exception {
        RunDirectory run = TestRuns.begin(folder.resolve("run"), "tiny", 0, "oja");
        RunIndex index = new RunIndex(List.of(folder));
        long before = look(index, RunIndex.View::version);
        assertThat((long) look(index, RunIndex.View::version)).isEqualTo(before);
        TestRuns.rows(run, 0, 3);
        long after = look(index, RunIndex.View::version);
        assertThat(after).isGreaterThan(before);
        assertThat(run(index, 0).metrics().orElseThrow().lifetimes()).containsExactly(10, 20, 30);
        Files.delete(run.config());
        assertThat((long) look(index, RunIndex.View::version)).isGreaterThan(after);
        assertThat(found(index)).isEmpty();
    }

    @Test
    void runGoesOnWhileItHoldsItsLockAndIsDeadWithoutAnEnd() throws Exception {
        RunDirectory run = TestRuns.begin(folder.resolve("run"), "tiny", 0, "oja");
        TestRuns.rows(run, 0, 3);
        RunIndex index = new RunIndex(List.of(folder));
        RunLock lock = RunLock.acquire(run.path());
        assertThat(state(index)).isEqualTo(RunState.RUNNING);
        lock.close();
        assertThat(state(index)).isEqualTo(RunState.DIED);
        TestRuns.end(run, "tiny", 0, "interrupted", 30);
        assertThat(state(index)).isEqualTo(RunState.INTERRUPTED);
        TestRuns.end(run, "tiny", 0, "max-lifetimes", 30);
        assertThat(state(index)).isEqualTo(RunState.FINISHED);
    }

    @Test
    void runOfAnEarlierVersionGoesOnAsLongAsItWroteSomethingJustNow() throws Exception {
        RunDirectory run = TestRuns.begin(folder.resolve("run"), "tiny", 0, "oja");
        Files.writeString(run.provenance(), "{\"experiment\": \"tiny\"}");
        RunIndex index = new RunIndex(List.of(folder));
        assertThat(state(index)).isEqualTo(RunState.RUNNING);
        Files.setLastModifiedTime(run.metricsCsv(), java.nio.file.attribute.FileTime.fromMillis(0));
        assertThat(state(index)).isEqualTo(RunState.DIED);
    }

    @Test
    void timeLeftFollowsFromTheLastSeconds() throws Exception {
        RunDirectory run = TestRuns.begin(folder.resolve("run"), "tiny", 0, "oja");
        TestRuns.rows(run, 0, 20);
        RunIndex index = new RunIndex(List.of(folder));
        RunLock lock = RunLock.acquire(run.path());
        look(index, view -> null);
        // Ten lifetimes a second, 800 of 1,000 are left.
        assertThat(run(index, 0).left()).contains("80 s");
        assertThat(run(index, 0).seconds()).hasValue(20);
        lock.close();
    }

    @Test
    void timeLeftIsNeverMoreThanTheSecondsThatTrainingMayTake() throws Exception {
        RunDirectory run = TestRuns.begin(folder.resolve("run"), "tiny", 0, "oja");
        Files.writeString(run.config(), "  maxSeconds: 45\n", java.nio.file.StandardOpenOption.APPEND);
        TestRuns.rows(run, 0, 20);
        RunIndex index = new RunIndex(List.of(folder));
        RunLock lock = RunLock.acquire(run.path());
        look(index, view -> null);
        assertThat(run(index, 0).left()).contains("25 s");
        lock.close();
    }

    @Test
    void whatCannotBeReadIsSaidOfThatRunAlone() throws IOException, InterruptedException {
        RunDirectory broken = TestRuns.begin(folder.resolve("broken"), "tiny", 0, "oja");
        Files.writeString(broken.metricsCsv(), "lifetimes,error\n10,x\n");
        RunDirectory whole = TestRuns.begin(folder.resolve("whole"), "tiny", 1, "oja");
        TestRuns.rows(whole, 0, 2);
        RunIndex index = new RunIndex(List.of(folder));
        assertThat(run(index, 0).problem()).isPresent();
        assertThat(run(index, 1).problem()).isEmpty();
        assertThat(run(index, 1).metrics().orElseThrow().rows()).isEqualTo(2);
    }
}
