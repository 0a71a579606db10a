package org.plastic4j.binarypatterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class ResumeTest {
    @TempDir
    private Path folder;

    private static String[] settings(int batch, int bits, int max) {
        return new String[] {
            "network.execution=fused",
            "training.batch=" + batch,
            "task.bits=" + bits,
            "task.degradedBits=" + bits / 2,
            "training.maxLifetimes=" + max,
            "training.logEvery=4",
            "training.checkpoints={every: 15, keep: 2, best: true}"
        };
    }

    @ParameterizedTest
    @CsvSource({"1,1,17", "1,2,30", "3,1,11", "3,2,5"})
    void interruptedAndResumedRunEqualsAnUninterruptedOneBitForBit(int batch, int threads, int stoppedAt) {
        ThisExperiment.LAUNCHER.assertResumedRunIsTheWholeOne(folder, threads, stoppedAt, settings(batch, 31, 42));
    }

    @Test
    void longRunOfThePapersNetworkStaysUnderAHundredMegabytes() throws Exception {
        Path run = folder.resolve("run");
        ThisExperiment.LAUNCHER.trained(run, 1, settings(1, 100, 45));

        // All of a size but the metrics, which are counted at 200 bytes a row: 100 bits stand for 1,000.
        long arrays = size(run, ".npz");
        double scale = (double) 1001 * 1001 / (101 * 101);
        assertThat(arrays * scale + 2 * 200 * 2000).isLessThan(100e6);
        assertThat(run.resolve("checkpoints").toFile().list()).hasSize(2).contains("best");
    }

    private static long size(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
