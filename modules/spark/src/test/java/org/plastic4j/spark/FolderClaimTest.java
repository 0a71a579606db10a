package org.plastic4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.spark.task.DriverMark;
import org.plastic4j.spark.task.StoreFiles;
import org.plastic4j.training.UserError;

class FolderClaimTest {
    @TempDir
    private Path folder;

    private StoreFiles store;

    @BeforeEach
    void open() throws IOException {
        store = StoreFiles.open(folder.toUri(), Map.of());
        System.setProperty(FolderClaim.LEASE, "300");
    }

    @AfterEach
    void forget() {
        System.clearProperty(FolderClaim.LEASE);
    }

    private FolderClaim claim() {
        return FolderClaim.of(store, "the folder", false);
    }

    private void mark(String host, long process) throws IOException {
        store.write(DriverMark.FILE, new DriverMark("other", host, process, 7, 3, false).text());
    }

    @Test
    void ofTwoDriversTheSecondIsRejectedUntilTheFirstHasEnded() throws Exception {
        try (FolderClaim first = claim()) {
            assertThatThrownBy(this::claim)
                    .isInstanceOf(UserError.class)
                    .hasMessage(
                            "--out the folder: expected a folder that no other driver uses, found one used by process"
                                    + " %d on %s",
                            ProcessHandle.current().pid(),
                            InetAddress.getLocalHost().getHostName());
            assertThat(first.renew()).isTrue();
        }
        assertThat(folder.resolve(DriverMark.FILE)).doesNotExist();
        claim().close();
    }

    @Test
    void driverOfThisComputerThatIsGoneLosesItsFolderAtOnce() throws Exception {
        // Its process is there, but was started at another time: the number has been given away again.
        mark(InetAddress.getLocalHost().getHostName(), ProcessHandle.current().pid());

        System.setProperty(FolderClaim.LEASE, "60000");
        claim().close();
    }

    @Test
    void driverOfAnotherComputerLosesItsFolderWhenItIsNotRenewed() throws Exception {
        mark("elsewhere", 1);
        claim().close();

        mark("elsewhere", 1);
        Thread renewing = new Thread(() -> {
            try {
                Thread.sleep(100);
                store.write(DriverMark.FILE, new DriverMark("other", "elsewhere", 1, 7, 4, false).text());
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        renewing.start();
        assertThatThrownBy(this::claim).hasMessageEndingWith("used by process 1 on elsewhere");
        renewing.join();
    }

    @Test
    void driverSeesThatItsFolderWasTakenOver() throws Exception {
        FolderClaim claim = claim();
        mark("elsewhere", 1);

        assertThat(claim.renew()).isFalse();
        claim.close();
        assertThat(DriverMark.read(store)).map(DriverMark::id).contains("other");
    }

    @Test
    void runsAreAskedToStop() throws Exception {
        try (FolderClaim claim = claim()) {
            claim.stopRuns();
            assertThat(DriverMark.read(store)).map(DriverMark::stopping).contains(true);
            assertThat(claim.renew()).isTrue();
            assertThat(DriverMark.read(store)).map(DriverMark::stopping).contains(true);
        }
    }
}
