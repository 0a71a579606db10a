package org.plastic4j.maze;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class ResumeTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "network.rule=hard-bound,1,5",
        "network.rule=neuromodulated,2,11",
        "network.rule=retroactive,1,9",
        "network.alpha=absent task.world=cue-reward,2,4"
    })
    void interruptedAndResumedRunEqualsAnUninterruptedOneBitForBit(String settings, int threads, int stoppedAt) {
        String all = settings + " training.maxLifetimes=42 training.batch=3 training.logEvery=6"
                + " training.checkpoints.every=15";
        ThisExperiment.LAUNCHER.assertResumedRunIsTheWholeOne(folder, threads, stoppedAt, all.split(" "));
    }
}
