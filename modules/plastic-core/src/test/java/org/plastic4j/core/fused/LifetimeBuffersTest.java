package org.plastic4j.core.fused;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LifetimeBuffersTest {

    @Test
    void tracesOfABatchHaveAtMostAsManyNumbersAsTheLoopsCanTellApart() {
        assertThatCode(() -> LifetimeBuffers.requireRoom((1 << 30) - 1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> LifetimeBuffers.requireRoom(1 << 30))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected at most 1,073,741,823 numbers in the traces of a batch, found 1,073,741,824 with "
                        + "their padding; make the batch smaller.");
    }
}
