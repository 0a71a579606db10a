package org.plastic4j.training.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.UserError;

class VariantTest {
    record Task(int bits, double gain) {
        Task {
            Require.positive("bits", bits);
        }
    }

    record Config(long seed, Task task) {}

    private static final ConfigText DEFAULTS = new ConfigText("defaults.yaml", "seed: 0\ntask: {bits: 5, gain: 1}\n");

    @TempDir
    private Path folder;

    private Path file(String name, String yaml) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, yaml);
    }

    private static Config load(Path file) {
        return ConfigLoader.load(Config.class, DEFAULTS, ConfigText.file(file), List.of())
                .value();
    }

    private void rejected(Path file, String message) {
        assertThatThrownBy(() -> load(file)).isInstanceOf(UserError.class).hasMessage(message);
    }

    @Test
    void variantTakesWhatTheOtherSaysAndChangesWhatItSaysItself() throws Exception {
        file("base/a.yaml", "seed: 3\ntask:\n  bits: 7\n");
        file("base/b.yaml", "extends: a.yaml\ntask: {gain: 2}\n");
        Path file = file("variants/c.yaml", "extends: ../base/b.yaml\nseed: 4\n");

        assertThat(load(file)).isEqualTo(new Config(4, new Task(7, 2)));
    }

    @Test
    void wrongValueIsBlamedOnTheLineOfTheFileItIsIn() throws Exception {
        Path base = file("a.yaml", "seed: 3\n\ntask: {bits: 0}\n");
        Path file = file("b.yaml", "extends: a.yaml\n");
        rejected(file, "task.bits: expected a positive integer, found 0 (" + base + ":3)");

        file("a.yaml", "seed: 3\n");
        file("b.yaml", "extends: a.yaml\ntask:\n  bitz: 1\n");
        rejected(file, "task.bitz: unknown setting, did you mean task.bits? (" + file + ":3)");
    }

    @Test
    void missingFileIsRejected() throws Exception {
        Path file = file("a.yaml", "\nextends: b.yaml\n");
        rejected(file, "extends: there is no configuration b.yaml beside this one (" + file + ":2)");

        file("a.yaml", "extends: [b.yaml]\n");
        rejected(file, "extends: expected the path of another configuration, found a list (" + file + ":1)");
    }

    @Test
    void circleIsRejected() throws Exception {
        Path a = file("a.yaml", "extends: b.yaml\n");
        Path b = file("b.yaml", "seed: 1\nextends: c.yaml\n");
        Path c = file("c.yaml", "extends: b.yaml\n");
        rejected(a, "extends: %s extends itself, by way of %s, %s (%s:1)".formatted(b, b, c, c));

        file("a.yaml", "extends: a.yaml\n");
        rejected(a, "extends: %s extends itself, by way of %s (%s:1)".formatted(a, a, a));
    }

    @Test
    void shippedConfigurationExtendsAnotherShippedOne() {
        ConfigText text = ConfigText.resource(VariantTest.class.getClassLoader(), "configs/quadratic/longer.yaml");

        SettingNode tree = Variant.read(text);

        assertThat(tree.toJson().at("/training/maxLifetimes").asLong()).isEqualTo(1_000_000_000);
        assertThat(tree.toJson().at("/training/logEvery").asLong()).isEqualTo(2);
        assertThat(tree.toJson().has("extends")).isFalse();
    }
}
