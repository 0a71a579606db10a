package org.plastic4j.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plastic4j.training.UserError;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.config.ConfigLoader;
import org.plastic4j.training.config.ConfigText;
import org.plastic4j.training.config.LoadedConfig;
import org.plastic4j.training.config.SettingOverride;
import org.plastic4j.training.config.Settings;
import org.plastic4j.training.run.RunDirectory;
import org.plastic4j.training.run.RunFacts;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.ExperimentConfig;

/**
 * What a run's directory says.
 *
 * @param directory the directory
 * @param config its configuration, with overrides
 * @param facts what the run says of itself
 * @param <C> the configuration's type
 */
record Recorded<C extends Record & ExperimentConfig>(RunDirectory directory, LoadedConfig<C> config, RunFacts facts) {
    static <C extends Record & ExperimentConfig> Recorded<C> of(
            Experiment<C> experiment, Path path, String option, List<SettingOverride> overrides) {
        RunDirectory directory = RunDirectory.existing(path, option);
        RunFacts facts = RunFacts.read(directory.provenance());
        if (!facts.experiment().equals(experiment.name())) {
            throw new UserError("%s %s: expected a run of %s, found one of %s"
                    .formatted(option, path, experiment.name(), facts.experiment()));
        }
        LoadedConfig<C> config = ConfigLoader.load(
                experiment.configType(),
                ConfigText.resource(experiment.getClass().getClassLoader(), experiment.defaultsResource()),
                ConfigText.file(directory.config()),
                overrides);
        return new Recorded<>(directory, config, facts);
    }

    /** Rejects data other than the run's own. */
    static void checkData(RunDirectory directory, RunFacts facts, Map<String, String> data) {
        Settings.difference(facts.data(), data, Set.of()).ifPresent(difference -> {
            throw new UserError("data: %s: expected %s, as in %s, found %s"
                    .formatted(difference.path(), difference.left(), directory.provenance(), difference.right()));
        });
    }

    /** Rejects a checkpoint of other settings; the run's length may differ, and what is named here. */
    void check(Checkpoint checkpoint, String... mayDiffer) {
        Set<String> except = new HashSet<>(Arrays.asList(mayDiffer));
        except.addAll(List.of(Resumption.LENGTH, Resumption.WINDOW));
        Settings.difference(checkpoint.state().run().settings(), Settings.of(config.value()), except)
                .ifPresent(difference -> {
                    throw new UserError("%s: %s: expected %s, as in the checkpoint, found %s"
                            .formatted(directory.config(), difference.path(), difference.left(), difference.right()));
                });
    }
}
