package org.plastic4j.cli;

import java.util.List;
import org.plastic4j.training.config.ConfigFiles;
import org.plastic4j.training.config.ConfigLoader;
import org.plastic4j.training.config.ConfigText;
import org.plastic4j.training.config.LoadedConfig;
import org.plastic4j.training.config.SettingOverride;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.ExperimentConfig;

/** An experiment's configurations, as its commands load them. */
final class Configured {
    private Configured() {}

    /** A shipped configuration or a file, with the experiment's defaults below it and overrides above. */
    static <C extends Record & ExperimentConfig> LoadedConfig<C> load(
            Experiment<C> experiment, String nameOrFile, List<SettingOverride> overrides) {
        ClassLoader loader = experiment.getClass().getClassLoader();
        return ConfigLoader.load(
                experiment.configType(),
                ConfigText.resource(loader, experiment.defaultsResource()),
                new ConfigFiles(experiment.name(), loader).find(nameOrFile),
                overrides);
    }
}
