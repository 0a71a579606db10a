package org.plastic4j.core.kernel.vector;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LifetimeBuffersTest {

    @Test
    void theBuffersOfABatchHaveAtMostAsManyElementsAsTheLoopsCanIndex() {
        assertThatCode(() -> LifetimeBuffers.requireRoom((1 << 30) - 1, "traces"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> LifetimeBuffers.requireRoom(1 << 30, "outputs"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Expected at most 1,073,741,823 elements in the outputs of a batch, found 1,073,741,824 with "
                                + "their padding; make the batch smaller.");
    }
}
