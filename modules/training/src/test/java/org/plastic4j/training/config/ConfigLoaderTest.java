package org.plastic4j.training.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plastic4j.training.UserError;

class ConfigLoaderTest {
    enum Rule {
        DECAYING_HEBB,
        OJA
    }

    record Task(int bits, int degradedBits, Optional<String> label) {
        Task {
            Require.positive("bits", bits);
            Require.between("degradedBits", degradedBits, 0, 1_000_000);
            Require.that("degradedBits", degradedBits, degradedBits <= bits, "at most bits (" + bits + ")");
        }
    }

    record Layer(double gain) {
        Layer {
            Require.positive("gain", gain);
        }
    }

    record Model(Rule rule, double learningRate, boolean clamp, List<Layer> layers) {}

    record Stop(int window, double target) {}

    record Config(long seed, Task task, Model model, Optional<Stop> stop, List<Integer> sizes) {}

    private static final ConfigText DEFAULTS = new ConfigText("defaults.yaml", """
            seed: 0
            task:
              bits: 1000
              degradedBits: 500
            model:
              rule: decaying-hebb
              learningRate: 1e-3
              clamp: true
              layers: []
            stop: {window: 20, target: 0.01}
            sizes: [1, 2]
            """);

    private static Config load(String yaml, String... sets) {
        return ConfigLoader.load(
                        Config.class,
                        DEFAULTS,
                        new ConfigText("quick.yaml", yaml),
                        Arrays.stream(sets).map(SettingOverride::parse).toList())
                .value();
    }

    private static void rejected(String yaml, String message, String... sets) {
        assertThatThrownBy(() -> load(yaml, sets)).isInstanceOf(UserError.class).hasMessage(message);
    }

    @Test
    void emptyFileGivesTheDefaults() {
        Config config = load("");

        assertThat(config.task()).isEqualTo(new Task(1000, 500, Optional.empty()));
        assertThat(config.model()).isEqualTo(new Model(Rule.DECAYING_HEBB, 0.001, true, List.of()));
        assertThat(config.stop()).contains(new Stop(20, 0.01));
        assertThat(config.sizes()).containsExactly(1, 2);
        assertThat(load("# only a comment\n")).isEqualTo(config);
    }

    @Test
    void fileGoesBeforeDefaultsAndOverridesGoBeforeTheFile() {
        Config config = load(
                "task: {bits: 100, degradedBits: 7}\nmodel:\n  rule: oja\nsizes: [5]\n",
                "task.bits=50",
                "stop=null",
                "model.layers=[{gain: 2}, {gain: .5}]",
                "task.label='a, b'",
                "seed=-3",
                "seed=4");

        assertThat(config.task()).isEqualTo(new Task(50, 7, Optional.of("a, b")));
        assertThat(config.model()).isEqualTo(new Model(Rule.OJA, 0.001, true, List.of(new Layer(2), new Layer(0.5))));
        assertThat(config.stop()).isEmpty();
        assertThat(config.sizes()).containsExactly(5);
        assertThat(config.seed()).isEqualTo(4);
    }

    @Test
    void overrideReachesIntoAGroupThatTheFileSwitchedOff() {
        assertThat(load("stop: null", "stop={window: 3, target: 1}").stop()).contains(new Stop(3, 1));
    }

    @Test
    void unknownKeyIsRejectedWithNearestKnownName() {
        rejected("seed: 1\ntask:\n  bitz: 5\n", "task.bitz: unknown setting, did you mean task.bits? (quick.yaml:3)");
        rejected("bits: 5", "bits: unknown setting, did you mean task.bits? (quick.yaml:1)");
        rejected("learning_rate: 5", "learning_rate: unknown setting, did you mean model.learningRate? (quick.yaml:1)");
        rejected(
                "task: {colour: blue}",
                "task.colour: unknown setting, known here: bits, degradedBits, label (quick.yaml:1)");
    }

    @Test
    void unknownOverrideIsRejectedWithNearestKnownName() {
        rejected("", "task.bitz: unknown setting, did you mean task.bits? (--set task.bitz=5)", "task.bitz=5");
        rejected("", "task.bits: expected an integer, found settings (x) (--set task.bits.x=5)", "task.bits.x=5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "task.bits=1.0|task.bits: expected an integer, found 1.0",
                "task.bits='10'|task.bits: expected an integer, found the text '10'",
                "task.bits=ten|task.bits: expected an integer, found the text 'ten'",
                "task.bits=|task.bits: expected an integer, found nothing",
                "task.bits=true|task.bits: expected an integer, found true",
                "task.bits=[1]|task.bits: expected an integer, found a list",
                "task.bits=3000000000|task.bits: expected an integer from -2147483648 to 2147483647, found 3000000000",
                "seed=1e3|seed: expected an integer, found 1e3",
                "seed=99999999999999999999|seed: expected an integer from -9223372036854775808 to 9223372036854775807,"
                        + " found 99999999999999999999",
                "model.learningRate=fast|model.learningRate: expected a number, found the text 'fast'",
                "model.learningRate=.inf|model.learningRate: expected a number, found the text '.inf'",
                "model.learningRate=1e999|model.learningRate: expected a number, found the text '1e999'",
                "model.clamp=yes|model.clamp: expected true or false, found the text 'yes'",
                "model.clamp=1|model.clamp: expected true or false, found 1",
                "task.label=5|task.label: expected a text, found 5",
                "model.rule=hebb|model.rule: expected one of decaying-hebb, oja, found the text 'hebb'",
                "model.rule=OJA|model.rule: expected one of decaying-hebb, oja, found the text 'OJA'",
                "model.rule=0|model.rule: expected one of decaying-hebb, oja, found 0",
                "task=5|task: expected settings (bits, degradedBits, label), found 5",
                "sizes=5|sizes: expected a list, found 5",
                "sizes=[1, x]|sizes[1]: expected an integer, found the text 'x'",
                "task.bits=0|task.bits: expected a positive integer, found 0",
                "task.degradedBits=1001|task.degradedBits: expected at most bits (1000), found 1001",
            })
    void wrongValueIsRejectedWithWhatWasExpectedAndFound(String set, String message) {
        rejected("", message + " (--set " + set + ")", set);
    }

    @Test
    void wrongValueInAFileIsRejectedWithItsLine() {
        rejected("\n\ntask:\n  bits: 0\n", "task.bits: expected a positive integer, found 0 (quick.yaml:4)");
        rejected(
                "task:\n  degradedBits:\n    5.5\n",
                "task.degradedBits: expected an integer, found 5.5 (quick.yaml:3)");
        rejected(
                "model:\n  layers:\n    - gain: 1\n    - gain: -1\n",
                "model.layers[1].gain: expected a positive number, found -1 (quick.yaml:4)");
    }

    @Test
    void valueThatClashesWithAnotherIsBlamedOnWhereItWasWritten() {
        rejected("task:\n  bits: 100\n", "task.degradedBits: expected at most bits (100), found 500 (defaults.yaml:4)");
    }

    @Test
    void missingSettingIsRejected() {
        ConfigText bare = new ConfigText("defaults.yaml", "seed: 0\ntask: {bits: 3}\n");
        assertThatThrownBy(() -> ConfigLoader.load(Config.class, bare, new ConfigText("quick.yaml", ""), List.of()))
                .isInstanceOf(UserError.class)
                .hasMessage("task.degradedBits: missing setting, expected an integer (quick.yaml)");
    }

    @Test
    void malformedYamlIsRejectedWithItsLine() {
        rejected("seed: 1\ntask: [1, 2\n", "not valid YAML: expected ',' or ']', but got <stream end> (quick.yaml:3)");
        rejected(
                "seed: 1\n\ttask: 3\n",
                "not valid YAML: found character '\\t(TAB)' that cannot start any token."
                        + " (Do not use \\t(TAB) for indentation) (quick.yaml:2)");
        rejected("seed: 1\n---\nseed: 2\n", "not valid YAML: but found another document (quick.yaml:2)");
        rejected("", "not valid YAML: expected ',' or ']', but got <stream end> (--set sizes=[1)", "sizes=[1");
    }

    @Test
    void endlessYamlIsRejected() {
        rejected("task: &a {bits: *a}\n", "not valid YAML: nested too deeply (quick.yaml:1)");
    }

    @Test
    void duplicateKeyIsRejected() {
        rejected("task:\n  bits: 1\n  bits: 2\n", "bits: set twice, first on line 2 (quick.yaml:3)");
    }

    @Test
    void fileWithoutSettingsIsRejected() {
        rejected("- 1\n", "expected settings (seed, task, model, stop, sizes), found a list (quick.yaml:1)");
        rejected("hello", "expected settings (seed, task, model, stop, sizes), found the text 'hello' (quick.yaml:1)");
    }

    @ParameterizedTest
    @CsvSource({"task.bits", "=5", "a..b=5", "''", "task. bits=5"})
    void overrideThatIsNoAssignmentIsRejected(String set) {
        rejected("", "--set: expected NAME=VALUE, as in task.bits=100, found '" + set + "'", set);
    }

    @Test
    void fileThatIsNotUtf8IsRejected(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("x.yaml"), new byte[] {'s', ':', ' ', (byte) 0xff});
        assertThatThrownBy(() -> ConfigText.file(file))
                .isInstanceOf(UserError.class)
                .hasMessage(file + ": expected a configuration in UTF-8, found other bytes");
    }

    @Test
    void settingThatTurnsOutWrongLaterIsBlamedOnWhereItWasWritten() {
        LoadedConfig<Config> loaded = ConfigLoader.load(
                Config.class, DEFAULTS, new ConfigText("quick.yaml", "\ntask: {bits: 600}"), List.of());
        assertThat(loaded.rejection(new InvalidSetting("task.bits", "at most the picture's pixels (400)", 600)))
                .hasMessage("task.bits: expected at most the picture's pixels (400), found 600 (quick.yaml:2)");
    }

    @Test
    void writtenConfigReadsBackAsTheSame() {
        Config config = load(
                "",
                "stop=null",
                "model.layers=[{gain: 1e-7}, {gain: 1e22}]",
                "task.label='1e-3'",
                "model.rule=oja",
                "seed=-9223372036854775808");
        String yaml = ConfigWriter.toYaml(config);

        assertThat(load(yaml)).isEqualTo(config);
        assertThat(yaml).contains("rule: oja\n").contains("stop: null\n").contains("label: \"1e-3\"\n");
    }

    @ParameterizedTest
    @CsvSource({"true", "null", "~", "0x1F", ".5", "'a: b'", "'- x'", "' '", "'#'", "yes", "'line\nbreak'", "é"})
    void everyTextSurvivesWriting(String text) {
        Config config = load("", "task.label=\"" + text.replace("\n", "\\n") + "\"");

        assertThat(config.task().label()).contains(text);
        assertThat(load(ConfigWriter.toYaml(config))).isEqualTo(config);
    }

    @Test
    void yamlThatDoublesIsRejectedBeforeItFillsTheMemory() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 24; i++) {
            yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        rejected(
                yaml.toString(),
                "not valid YAML: more than 10000 values, with those that aliases repeat (quick.yaml:1)");
    }

    @Test
    void pathAsAKeyIsRejectedWithTheWayToWriteIt() {
        rejected(
                "seed: 1\ntask.bits: 20\n",
                "task.bits: expected the name of one setting, found a path, as --set takes them; in a file, write task:"
                        + " {bits: ...} (quick.yaml:2)");
    }
}
