package org.plastic4j.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plastic4j.training.config.ConfigFiles;
import org.plastic4j.training.config.ConfigText;
import org.plastic4j.training.config.DocumentedSettings;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.ExperimentConfig;

/** What {@code scripts/run EXPERIMENT --help} prints: options, configurations and settings. */
final class Help {
    private Help() {}

    static <C extends Record & ExperimentConfig> String of(Experiment<C> experiment) {
        StringBuilder text = new StringBuilder(OptionParser.usage(experiment.name()));
        ClassLoader loader = experiment.getClass().getClassLoader();
        Map<String, String> configs = new ConfigFiles(experiment.name(), loader).described();
        if (!configs.isEmpty()) {
            text.append("\nConfigurations (--config NAME; a file of yours may say extends: NAME):\n");
            configs.forEach((name, what) -> text.append(
                            String.format(Locale.ROOT, "  %-20s %s", name, what).stripTrailing())
                    .append('\n'));
        }
        text.append("\nSettings (--set KEY=VALUE), with their defaults:\n");
        for (DocumentedSettings.Setting setting : documented(experiment).all()) {
            String value = setting.value().isEmpty() ? "" : " = " + setting.value();
            text.append("  ").append(setting.path()).append(value).append('\n');
            for (String line : setting.comment()) {
                text.append("      ").append(line).append('\n');
            }
        }
        return text.toString();
    }

    static <C extends Record & ExperimentConfig> DocumentedSettings documented(Experiment<C> experiment) {
        return DocumentedSettings.of(
                ConfigText.resource(experiment.getClass().getClassLoader(), experiment.defaultsResource()),
                experiment.configType());
    }

    /** The arguments of a run that go on with one that was interrupted. */
    static String resume(String experiment, Object directory) {
        return String.join(" ", List.of("scripts/run", experiment, "--resume", directory.toString()));
    }
}
