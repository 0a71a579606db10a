package org.plastic4j.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.kernel.LifetimeKernel;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.LifetimeThreads;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Signature;

/** What lifetimes need is made once for all calls of a shape, and loops make no objects: a boxed vector would show as megabytes. */
@Tag("slow")
class WarmCallTest {
    private static final int STEPS = 60;
    private static final int LIFETIMES = 6;
    private static final int CALLS = 20;
    private static final long MOST = 64 << 10;

    private final int threads = LifetimeThreads.get();

    @AfterEach
    void restoreThreads() {
        LifetimeThreads.set(threads);
    }

    private static LifetimeTensors inputs(PlasticCell cell) {
        List<INDArray> arrays = new ArrayList<>();
        LifetimeSpec spec = LifetimeSpec.of(cell);
        for (Signature.Input input : spec.signature().inputs()) {
            long[] shape = input.shape().stream()
                    .mapToLong(size -> size == Signature.STEPS ? STEPS : size == Signature.BATCH ? LIFETIMES : size)
                    .toArray();
            arrays.add(Nd4j.rand(DataType.FLOAT, shape.length == 0 ? new long[] {1} : shape)
                    .subi(0.4)
                    .muli(1.0 / cell.neurons()));
        }
        return new LifetimeTensors("test", spec, arrays);
    }

    @ParameterizedTest
    @CsvSource({
        "decaying_hebb, 64",
        "oja, 64",
        "hard_bound, 64",
        "soft_bound, 64",
        "neuromodulated, 64",
        "neuromodulated_fan_out, 64",
        "retroactive, 64",
        "retroactive, 272",
        "decaying_hebb, 272",
        "oja, 272",
        "abcd, 64",
        "bcm, 64",
        "stpn, 64",
    })
    void aWarmLifetimeAndItsGradientsAllocateLittle(String rule, int neurons) {
        // What other threads allocate is theirs, and cannot be told from what tests do beside this one.
        LifetimeThreads.set(1);
        PlasticCell cell = new PlasticCell(neurons, Alpha.PER_CONNECTION, PlasticityRule.of(rule, 1));
        LifetimeTensors in = inputs(cell);
        LifetimeKernel kernel = Kernels.of(in);
        INDArray y = Nd4j.create(DataType.FLOAT, STEPS, LIFETIMES, neurons);
        INDArray[] traces = new INDArray[cell.traces()];
        for (int k = 0; k < traces.length; k++) {
            traces[k] = Nd4j.create(DataType.FLOAT, LIFETIMES, neurons, neurons);
        }
        INDArray yGradient = Nd4j.rand(DataType.FLOAT, STEPS, LIFETIMES, neurons);
        Map<String, INDArray> gradients = new LinkedHashMap<>();
        for (Signature.Input input : in.spec().signature().inputs()) {
            gradients.put(input.label(), in.get(input.label()).dup());
        }
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 100 && least > MOST; round++) {
            long before = allocated();
            for (int call = 0; call < CALLS; call++) {
                kernel.forward(in, y, traces);
                kernel.backward(in, y, yGradient, new INDArray[0], gradients);
            }
            least = Math.min(least, (allocated() - before) / CALLS);
        }
        assertThat(least).as("bytes a call with the rule %s", rule).isLessThanOrEqualTo(MOST);
    }

    private static long allocated() {
        var beans = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return beans.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
