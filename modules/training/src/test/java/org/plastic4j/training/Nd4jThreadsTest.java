package org.plastic4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

class Nd4jThreadsTest {

    /** OpenMP counts by thread: that another has been told the same before is not enough. */
    @Test
    void itIsSetForEveryThreadThatAsks() throws InterruptedException {
        Nd4jThreads.set(1);
        NativeOps ops = NativeOpsHolder.getInstance().getDeviceNativeOps();
        AtomicInteger before = new AtomicInteger();
        AtomicInteger after = new AtomicInteger();
        Thread other = new Thread(() -> {
            ops.setOmpNumThreads(2);
            before.set(ops.ompGetMaxThreads());
            Nd4jThreads.set(1);
            after.set(ops.ompGetMaxThreads());
        });
        other.start();
        other.join();

        assertThat(before).hasValue(2);
        assertThat(after).hasValue(1);
    }
}
