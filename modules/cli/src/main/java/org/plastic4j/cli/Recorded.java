package org.plastic4j.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plastic4j.training.UserError;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.config.ConfigLoader;
import org.plastic4j.training.config.ConfigText;
import org.plastic4j.training.config.LoadedConfig;
import org.plastic4j.training.config.SettingOverride;
import org.plastic4j.training.config.Settings;
import org.plastic4j.training.dataset.DataSettings;
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
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%s %s: expected a run of %s, found one of %s",
                    option,
                    path,
                    experiment.name(),
                    facts.experiment()));
        }
        LoadedConfig<C> config = load(experiment, directory, overrides);
        Optional<SettingOverride> moved = whereTheDataAre(config, facts);
        if (moved.isPresent()) {
            List<SettingOverride> all = new ArrayList<>(overrides);
            all.add(moved.get());
            config = load(experiment, directory, all);
        }
        return new Recorded<>(directory, config, facts);
    }

    private static <C extends Record & ExperimentConfig> LoadedConfig<C> load(
            Experiment<C> experiment, RunDirectory directory, List<SettingOverride> overrides) {
        return ConfigLoader.load(
                experiment.configType(),
                ConfigText.resource(experiment.getClass().getClassLoader(), experiment.defaultsResource()),
                ConfigText.file(directory.config()),
                overrides);
    }

    /** A relative folder that is not here may be where the run was started. */
    private static Optional<SettingOverride> whereTheDataAre(LoadedConfig<?> config, RunFacts facts) {
        String dir = Settings.of(config.value()).get(DataSettings.LOCATION);
        try {
            if (dir == null || facts.folder().isEmpty() || Files.isDirectory(Path.of(dir))) {
                return Optional.empty();
            }
            Path there = facts.folder().get().resolve(dir).normalize();
            return Files.isDirectory(there)
                    ? Optional.of(new SettingOverride(DataSettings.LOCATION, quoted(there), "the folder of the run"))
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** A folder as a setting's value: in YAML's quotes nothing but a quote has a meaning. */
    static String quoted(Path folder) {
        return "'" + folder.toString().replace("'", "''") + "'";
    }

    /** Rejects data other than the run's own. */
    static void checkData(RunDirectory directory, RunFacts facts, Map<String, String> data) {
        Settings.difference(facts.data(), data, Set.of()).ifPresent(difference -> {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "data: %s: expected %s, as in %s, found %s",
                    difference.path(),
                    difference.left(),
                    directory.provenance(),
                    difference.right()));
        });
    }

    /** Rejects a checkpoint of other settings; what may differ between the parts of a run may, and what is named here. */
    void check(Checkpoint checkpoint, String... mayDiffer) {
        Set<String> except = new HashSet<>(Arrays.asList(mayDiffer));
        except.addAll(Resumption.MAY_DIFFER);
        Settings.difference(checkpoint.state().run().settings(), Settings.of(config.value()), except)
                .ifPresent(difference -> {
                    throw new UserError(String.format(
                            Locale.ROOT,
                            "%s: %s: expected %s, as in the checkpoint, found %s",
                            directory.config(),
                            difference.path(),
                            difference.left(),
                            difference.right()));
                });
    }
}
