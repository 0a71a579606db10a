package org.plastic4j.maze.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ReturnsTest {
    @Test
    void returnsAreDiscountedFromTheEndOfEachEpisode() {
        // Two episodes of three steps: rewards 1, 0, 2 and 0, -4, 8.
        float[] rewards = {1, 0, 0, -4, 2, 8};

        assertThat(Returns.discounted(rewards, 2, 0.5)).containsExactly(1.5f, 0, 1, 0, 2, 8);
    }

    @Test
    void withoutDiscountTheyAreSumsAndWithFullDiscountTheRewards() {
        float[] rewards = {1, 2, 3, 4};

        assertThat(Returns.discounted(rewards, 1, 1)).containsExactly(10, 9, 7, 4);
        assertThat(Returns.discounted(rewards, 1, 0)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void everyEpisodeHasItsOwnBaseline() {
        float[] returns = {5, 5, 5, 5};
        float[] values = {1, 2, 3, 4};

        assertThat(Returns.advantages(returns, values)).containsExactly(4, 3, 2, 1);
    }

    @Test
    void rewardsThatAreNoWholeStepsAreRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Returns.discounted(new float[7], 3, 0.9))
                .withMessage("Returns: expected rewards [T, 3], found 7 numbers.");
    }
}
