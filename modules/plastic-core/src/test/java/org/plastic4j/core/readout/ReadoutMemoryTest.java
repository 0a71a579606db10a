package org.plastic4j.core.readout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.plastic4j.core.ChildJvm;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.rule.DecayingHebb;

class ReadoutMemoryTest {
    private static final int STEPS = 20_000;
    private static final int INPUTS = 64;
    private static final int OUTPUTS = 20;
    private static final int HEAP_MIB = 128;

    @Test
    void aLifetimeFitsWhereAllItsTracesWouldNot() throws IOException, InterruptedException {
        assertThat((long) STEPS * INPUTS * OUTPUTS * Double.BYTES >> 20).isGreaterThan(HEAP_MIB);
        List<String> eta = ChildJvm.run(Probe.class, List.of("-Xmx" + HEAP_MIB + "m", "-XX:+UseSerialGC"));
        assertThat(Double.parseDouble(eta.get(0))).isFinite().isNotZero();
    }

    /** Prints the gradient of eta. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            PlasticReadout readout = new PlasticReadout(INPUTS, OUTPUTS, Alpha.PER_CONNECTION, new DecayingHebb());
            SameDiff graph =
                    ReadoutCase.random(readout, false, STEPS, 1, 0.01, 1).graph(new FusedReadout(), DataType.FLOAT);
            System.out.println("result "
                    + graph.calculateGradients(Map.of(), "x", "eta").get("eta").getDouble(0));
        }
    }
}
