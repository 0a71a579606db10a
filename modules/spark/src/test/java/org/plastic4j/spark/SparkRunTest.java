package org.plastic4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkRunTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Job aborted due to stage failure: Task 0 in stage 3.0 failed 4 times, most recent failure: Lost task 0.3 in"
                        + " stage 3.0 (TID 7) (10.0.0.5 executor 2): org.plastic4j.spark.task.RunStopped: seed 1: its process"
                        + " was killed (exit code 137, signal 9)"
                        + "|given up after 4 attempts, the last on executor 2: seed 1: its process was killed (exit code 137,"
                        + " signal 9).",
                "Job aborted due to stage failure: Task 0 in stage 0.0 failed 4 times, most recent failure: Lost task 0.3 in"
                        + " stage 0.0 (TID 3) (127.0.0.1 executor 1): ExecutorLostFailure (executor 1 exited caused by one of"
                        + " the running tasks) Reason: worker lost"
                        + "|given up after 4 attempts, the last on executor 1: ExecutorLostFailure (executor 1 exited caused"
                        + " by one of the running tasks) Reason: worker lost.",
                "Job 3 cancelled because SparkContext was shut down|Job 3 cancelled because SparkContext was shut down.",
            })
    void ofAPageOfSparksTheLastReasonIsTold(String message, String sentence) {
        assertThat(SparkRun.sentence(message + "\n\tat org.apache.spark.Somewhere\nDriver stacktrace:"))
                .isEqualTo(sentence);
    }
}
