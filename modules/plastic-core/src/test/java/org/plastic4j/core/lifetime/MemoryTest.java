package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.rule.DecayingHebb;

class MemoryTest {
    private static final int CALLS = 50;
    private static final long MIB = 1 << 20;
    /** What one call needs while it runs: about 6 T n^2 floats, 12 MiB, and what SameDiff keeps with them. */
    private static final long BOUND_MIB = 150;

    @Test
    void fiftyGradientsOfTheUnrolledLifetimeHoardNoMemory() {
        grow(new UnrolledLifetime(50));
    }

    @Test
    void fiftyGradientsOfTheFusedLifetimeHoardNoMemory() {
        grow(new FusedLifetime());
    }

    /** Resident memory of the process must not grow by more than the bound from the second call to the last. */
    private static void grow(Lifetime lifetime) {
        LifetimeCase lifetimes = LifetimeCase.random(
                new PlasticCell(101, Alpha.PER_CONNECTION, new DecayingHebb()), false, false, 50, 1, 0.01, 1);
        SameDiff graph = lifetimes.graph(lifetime, DataType.FLOAT);
        long start = 0;
        long most = 0;
        for (int call = 0; call < CALLS; call++) {
            graph.calculateGradients(Map.of(), "w", "alpha", "eta").values().forEach(INDArray::close);
            long resident = Pointer.physicalBytes() / MIB;
            if (call == 1) {
                start = resident;
            }
            most = Math.max(most, resident);
        }
        System.out.printf("%s: %d MiB after two calls, at most %d MiB in %d%n", lifetime, start, most, CALLS);
        assertThat(most - start).as("growth in MiB over %d calls", CALLS).isLessThan(BOUND_MIB);
    }
}
