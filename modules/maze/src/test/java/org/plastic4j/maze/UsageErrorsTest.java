package org.plastic4j.maze;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A usage error gets one sentence and exit code 2, and leaves nothing behind. */
class UsageErrorsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "task.maze.size=12 | task.maze.size: expected an odd number of rows and columns, outer walls included, of at"
                        + " most 1001, found 12",
                "task.maze.size=3 | task.maze.size: expected at least 2 free cells, one for the agent and one for the reward,"
                        + " found 1 in a maze of size 3",
                "task.maze.size=1 | task.maze.size: expected at least 2 free cells, one for the agent and one for the reward,"
                        + " found 0 in a maze of size 1",
                "task.maze.rewardAt={row: 2, column: 4} | task.maze.rewardAt: expected a free cell that is not the start,"
                        + " found a wall at row 2, column 4",
                "task.maze.rewardAt={row: 0, column: 3} | task.maze.rewardAt: expected a free cell that is not the start,"
                        + " found a wall at row 0, column 3",
                "task.maze.rewardAt={row: 3, column: 13} | task.maze.rewardAt: expected a free cell that is not the start,"
                        + " found nothing at row 3, column 13",
                "task.maze.rewardAt={row: 6, column: 6} | task.maze.rewardAt: expected a free cell that is not the start,"
                        + " found the start at row 6, column 6",
                "task.maze.teleport=up | task.maze.teleport: expected one of random, start, found the text 'up'",
                "task.maze.wallPenalty=-1 | task.maze.wallPenalty: expected a number of at least 0, found -1",
                "task.cues={cues: 5, bits: 2} | task.cues.bits: expected enough for 5 different cues, found 2",
                "task={world: cue-reward, steps: 14} | task.steps: expected at least 15, so that there is an answer in every"
                        + " episode, found 14",
                "senses={sight: false, bias: false, step: false, reward: false, action: false} | senses: expected at least"
                        + " one that is true, found none",
                "learning.discount=1.5 | learning.discount: expected a number from 0 to 1, found 1.5",
                "agent.neurons=0 | agent.neurons: expected an integer from 1 to 46340, found 0",
                "training.batch=10000000 | training.batch: expected a batch whose steps, episodes and neurons multiply to at"
                        + " most 536870911, found 10000000"
            })
    void impossibleSettingIsRejected(String setting, String sentence) {
        ThisExperiment.LAUNCHER.assertRejected(
                folder, "%s (--set %s).".formatted(sentence, setting), "--config", "backpropamine", "--set", setting);
    }
}
