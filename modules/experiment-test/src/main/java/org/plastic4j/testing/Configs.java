package org.plastic4j.testing;

import java.util.stream.Stream;
import org.plastic4j.training.config.ConfigFiles;
import org.plastic4j.training.config.ConfigLoader;
import org.plastic4j.training.config.ConfigText;
import org.plastic4j.training.config.SettingOverride;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.ExperimentConfig;

/** Loads an experiment's shipped configurations as its commands do. */
public final class Configs {
    private Configs() {}

    /**
     * @param experiment whose configuration
     * @param name the bare name, as in {@code regression}
     * @param settings overrides, {@code name=value} each
     * @param <C> the configuration's type
     * @return the configuration
     */
    public static <C extends Record & ExperimentConfig> C load(
            Experiment<C> experiment, String name, String... settings) {
        ClassLoader loader = experiment.getClass().getClassLoader();
        return ConfigLoader.load(
                        experiment.configType(),
                        ConfigText.resource(loader, experiment.defaultsResource()),
                        new ConfigFiles(experiment.name(), loader).find(name),
                        Stream.of(settings).map(SettingOverride::parse).toList())
                .value();
    }
}
