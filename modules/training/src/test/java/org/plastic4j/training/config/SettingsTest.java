package org.plastic4j.training.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void settingThatAnOlderVersionDoesNotHaveIsNoDifferenceUnlessItIsGiven() {
        Map<String, String> old = Map.of("batch", "1");
        assertThat(Settings.difference(old, Map.of("batch", "1", "decay", "null"), Set.of()))
                .isEmpty();
        assertThat(Settings.difference(old, Map.of("batch", "1", "decay", "0.5"), Set.of()))
                .contains(new Settings.Difference("decay", "nothing", "0.5"));
        assertThat(Settings.difference(Map.of("batch", "1", "decay", "null"), old, Set.of()))
                .isPresent();
    }
}
