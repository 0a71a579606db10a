package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.ChildJvm;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.rule.DecayingHebb;

@Tag("slow")
class MemoryTest {
    private static final int CALLS = 50;
    /** The whole process: JVM, ND4J's libraries, and what a call needs, 12 MiB for the traces and their gradients. */
    private static final long BOUND_MIB = 500;

    @ParameterizedTest
    @ValueSource(strings = {"unrolled", "fused"})
    void fiftyGradientsInARowStayUnderHalfAGibibyte(String execution) throws IOException, InterruptedException {
        List<String> resident = ChildJvm.run(
                Probe.class, List.of("-Xmx128m", "-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector"), execution);
        assertThat(Long.parseLong(resident.get(0)))
                .as("most MiB resident in %d calls", CALLS)
                .isPositive()
                .isLessThan(BOUND_MIB);
    }

    /** Prints the most memory that was resident after any of the calls, in MiB. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            Lifetime lifetime = arguments[0].equals("fused") ? new FusedLifetime() : new UnrolledLifetime(50);
            LifetimeCase lifetimes = LifetimeCase.random(
                    new PlasticCell(101, Alpha.PER_CONNECTION, new DecayingHebb()), false, false, 50, 1, 0.01, 1);
            SameDiff graph = lifetimes.graph(lifetime, DataType.FLOAT);
            long most = 0;
            for (int call = 0; call < CALLS; call++) {
                graph.calculateGradients(Map.of(), "w", "alpha", "eta").values().forEach(INDArray::close);
                most = Math.max(most, Pointer.physicalBytes() >> 20);
            }
            System.out.println("result " + most);
        }
    }
}
