package org.plastic4j.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.plastic4j.training.UserError;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.config.LoadedConfig;
import org.plastic4j.training.config.SettingOverride;
import org.plastic4j.training.config.Settings;
import org.plastic4j.training.dataset.DataSettings;
import org.plastic4j.training.run.RunDirectory;
import org.plastic4j.training.run.RunFacts;
import org.plastic4j.training.run.Versions;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.ExperimentConfig;

/**
 * A resumed run: what its directory says, held against what is asked for now. Only its length may change.
 *
 * @param directory the run's directory
 * @param config its configuration, lengthened if that is asked for
 * @param facts what the run says of itself
 * @param <C> the configuration's type
 */
record Resumption<C extends Record & ExperimentConfig>(RunDirectory directory, LoadedConfig<C> config, RunFacts facts) {
    /** The one setting of what it computes that a run may change on its way. */
    static final String LENGTH = "training.maxLifetimes";

    /** They came later than many runs, and change no parameter. */
    static final String HELD_OUT = "training.heldOut";

    private static final String WINDOW = "training.window";
    /** What may differ between the parts of a run: its length, what it is judged by, and where its data are, which have checksums. */
    static final Set<String> MAY_DIFFER = Set.of(LENGTH, WINDOW, HELD_OUT, DataSettings.LOCATION);

    static <C extends Record & ExperimentConfig> Resumption<C> of(
            Experiment<C> experiment, Path path, List<SettingOverride> overrides) {
        Recorded<C> was = Recorded.of(experiment, path, "--resume", List.of());
        RunDirectory directory = was.directory();
        LoadedConfig<C> recorded = was.config();
        LoadedConfig<C> wanted =
                Recorded.of(experiment, path, "--resume", overrides).config();
        Settings.difference(Settings.of(recorded.value()), Settings.of(wanted.value()), MAY_DIFFER)
                .ifPresent(difference -> {
                    throw new UserError(String.format(
                            Locale.ROOT,
                            "%s: expected %s, as in %s, found %s: a resumed run can only become longer (%s)",
                            difference.path(),
                            difference.left(),
                            directory.config(),
                            difference.right(),
                            option(overrides, difference.path())));
                });
        long before = recorded.value().training().maxLifetimes();
        long now = wanted.value().training().maxLifetimes();
        if (now < before) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%s: expected at least %d, as in %s, found %d (%s)",
                    LENGTH,
                    before,
                    directory.config(),
                    now,
                    option(overrides, LENGTH)));
        }
        return new Resumption<>(directory, wanted, was.facts());
    }

    /** The override that a setting's value came from. */
    private static String option(List<SettingOverride> overrides, String path) {
        return overrides.stream()
                .filter(override -> path.startsWith(override.path()))
                .reduce((first, second) -> second)
                .map(SettingOverride::option)
                .orElse("--set");
    }

    /** Why there is nothing to go on with, if there is not. */
    Optional<String> finished() {
        boolean longer = facts.outcome().equals(Optional.of("max-lifetimes"))
                && facts.lifetimes() < config.value().training().maxLifetimes();
        if (!facts.finished() || longer) {
            return Optional.empty();
        }
        String hint =
                facts.outcome().equals(Optional.of("max-lifetimes")) ? "; --set " + LENGTH + "=N makes it longer" : "";
        return Optional.of(String.format(
                Locale.ROOT,
                "%s: this run is finished (%s after %d lifetimes)%s",
                directory.path(),
                facts.outcome().orElseThrow(),
                facts.lifetimes(),
                hint));
    }

    /**
     * The newest checkpoint. ND4J's backend has to be there.
     *
     * @throws UserError if it is of another version, whose run another one would not continue bit for bit
     */
    Checkpoint checkpoint() {
        CheckpointFolder folder = new CheckpointFolder(directory.path());
        Checkpoint checkpoint = folder.load(facts.experiment());
        new Recorded<>(directory, config, facts).check(checkpoint);
        String version = checkpoint.state().run().version();
        if (!version.equals(Versions.plastic4j())) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%s: expected a checkpoint of Plastic4j %s, found one of %s, which may compute otherwise: it can be"
                            + " evaluated and compared",
                    folder.path(),
                    Versions.plastic4j(),
                    version));
        }
        return checkpoint;
    }

    /** What checkpoints of a run say they belong to. */
    static <C extends Record & ExperimentConfig> Checkpoint.Run identity(Experiment<C> experiment, C config) {
        Map<String, String> settings = Settings.of(config);
        Map<String, String> fixed = new LinkedHashMap<>(settings);
        fixed.keySet().removeAll(MAY_DIFFER);
        StringBuilder text = new StringBuilder();
        fixed.forEach(
                (path, value) -> text.append(path).append('=').append(value).append('\n'));
        return new Checkpoint.Run(
                experiment.name(),
                Versions.plastic4j(),
                config.seed(),
                DigestUtils.sha256Hex(text.toString()),
                settings);
    }
}
