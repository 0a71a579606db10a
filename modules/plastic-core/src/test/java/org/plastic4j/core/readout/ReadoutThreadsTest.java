package org.plastic4j.core.readout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.kernel.LifetimeThreads;
import org.plastic4j.core.rule.Oja;

class ReadoutThreadsTest {
    private final int before = LifetimeThreads.get();

    @AfterEach
    void restore() {
        LifetimeThreads.set(before);
    }

    @ParameterizedTest
    @CsvSource({"PER_CONNECTION, FLOAT", "SHARED, FLOAT", "PER_CONNECTION, DOUBLE", "ABSENT, DOUBLE"})
    void anyNumberOfThreadsGivesTheSameBits(Alpha alpha, DataType type) {
        ReadoutCase lifetimes = ReadoutCase.random(new PlasticReadout(31, 5, alpha, new Oja()), true, 11, 13, 0.3, 5);
        LifetimeThreads.set(1);
        Map<String, INDArray> alone = lifetimes.run(new FusedReadout(), type);
        for (int threads : new int[] {2, 3, 7, 20}) {
            LifetimeThreads.set(threads);
            lifetimes
                    .run(new FusedReadout(), type)
                    .forEach((name, array) -> assertThat(bits(array))
                            .as("%s with %d threads", name, threads)
                            .isEqualTo(bits(alone.get(name))));
        }
    }

    /** Floats are doubles too. */
    private static double[] bits(INDArray array) {
        return array.dup('c').data().asDouble();
    }
}
