package org.plastic4j.associativeretrieval;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A usage error gets one sentence and exit code 2, and leaves nothing behind. */
class UsageErrorsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    network.kind=gru | network.kind: expected one of rnn, lstm, fast-weights, neuromodulated, stpn, found the text 'gru'
                    network.units=0 | network.units: expected an integer from 1 to 1000, found 0
                    network.units=1 | network.units: expected at least 2 for fast weights, whose units are normalised over the layer, found 1
                    task.pairs=27 | task.pairs: expected an integer from 1 to 26, found 27
                    task.pairs=2 | task.pairs: expected so many that there are twice as many different sequences as the three sets have (130,000), found 2
                    task.pairs=1 | task.pairs: expected so many that there are twice as many different sequences as the three sets have (130,000), found 1
                    task.testSequences=0 | task.testSequences: expected a positive integer, found 0
                    fastWeights.decay=1.5 | fastWeights.decay: expected a number from 0 to 1, found 1.5
                    fastWeights.rate=-1 | fastWeights.rate: expected a number of at least 0, found -1
                    """)
    void wrongSettingIsRejected(String setting, String sentence) {
        ThisExperiment.LAUNCHER.assertRejected(
                folder, sentence + " (--set " + setting + ").", "--config", "fast-weights", "--set", setting);
    }
}
