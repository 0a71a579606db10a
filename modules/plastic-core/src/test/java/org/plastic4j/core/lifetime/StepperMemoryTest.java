package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.rule.PlasticityRule;

class StepperMemoryTest {
    private static final int STEPS = 250;
    private static final int NEURONS = 176;
    private static final int BATCH = 32;
    /** Half of what one array [B, n] would take in Java; ND4J's result needs some for what describes it. */
    private static final long BOUND = BATCH * NEURONS * Float.BYTES / 2;

    /** Compiled code keeps vectors in registers; until it is compiled, each is an object. */
    private static final int ROUNDS_UNTIL_COMPILED = 40;

    @ParameterizedTest
    @ValueSource(strings = {"decaying_hebb", "oja", "neuromodulated", "retroactive"})
    void stepAllocatesLittleBesidesItsResult(String rule) {
        PlasticCell cell = new PlasticCell(NEURONS, Alpha.PER_CONNECTION, PlasticityRule.of(rule, 0.5));
        LifetimeStepper stepper =
                new LifetimeStepper(cell, new Initialisation(0.05, 0.05, 0.05).draw(cell, DataType.FLOAT, 1), BATCH);
        INDArray drive = Nd4j.rand(DataType.FLOAT, BATCH, NEURONS);
        INDArray mask = drive.gt(0.5).castTo(DataType.FLOAT);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS_UNTIL_COMPILED && least >= BOUND; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            run(stepper, drive, mask, STEPS);
            least = Math.min(least, (threads.getThreadAllocatedBytes(thread) - before) / STEPS);
        }
        assertThat(least).as("bytes a step").isLessThan(BOUND);
    }

    private static void run(LifetimeStepper stepper, INDArray drive, INDArray mask, int steps) {
        for (int t = 0; t < steps; t++) {
            stepper.step(drive, mask, drive).close();
        }
    }
}
