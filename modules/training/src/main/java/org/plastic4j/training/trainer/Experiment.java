package org.plastic4j.training.trainer;

import java.util.Optional;
import java.util.Set;
import org.plastic4j.data.LifetimeStream;
import org.plastic4j.data.download.Dataset;
import org.plastic4j.training.UserError;

/**
 * One experiment: what its configuration is, and how to build its network and its stream from that.
 *
 * @param <C> the configuration, a record that {@link org.plastic4j.training.config.ConfigLoader} can load
 */
public interface Experiment<C extends Record & ExperimentConfig> {
    /** @return the module's name, as in {@code binary-patterns}; its configurations are {@code configs/NAME/*.yaml} */
    String name();

    /** @return the configuration's type */
    Class<C> configType();

    /** @return the resource with the default of every setting that has one, without a leading slash */
    String defaultsResource();

    /** @return what networks are measured by */
    PrimaryMetric primaryMetric();

    /**
     * Builds the network, with its initial parameters, and the stream.
     *
     * @param config a valid configuration
     * @param context what else the run gives
     * @return what to train
     * @throws org.plastic4j.training.UserError if the user's data are missing or wrong
     * @throws org.plastic4j.training.config.InvalidSetting if a setting, named by its whole path, does not fit them
     */
    Session open(C config, Context context);

    /**
     * Opens the stream of held-out lifetimes, one at a time, which no network is trained on.
     *
     * @param config a valid configuration
     * @param split which ones; {@link Split#seed} is what their randomness comes from
     * @return the stream at its beginning
     * @throws org.plastic4j.training.UserError if the user's data are missing or wrong, or there is no such split
     */
    default LifetimeStream heldOut(C config, Split split) {
        throw new UserError(name() + ": expected an experiment with held-out lifetimes, found one without");
    }

    /**
     * Settings that an evaluation can change with {@code --set}, since the same parameters serve other values of them.
     *
     * @return their dotted paths; none by default
     */
    default Set<String> evaluationSettings() {
        return Set.of();
    }

    /**
     * The published data that this experiment can use, which {@code scripts/download} brings.
     *
     * @return where they are; empty for an experiment that needs none
     */
    default Optional<Dataset> dataset() {
        return Optional.empty();
    }

    /**
     * What of the paper this experiment reproduces; see {@code org.plastic4j.report.reproduction.Reproduction}.
     *
     * @return the resource that describes it in YAML, without a leading slash; empty for nothing
     */
    default Optional<String> reproductionResource() {
        return Optional.empty();
    }

    /**
     * How a setting of this experiment's configurations was chosen; see {@code org.plastic4j.report.search.Search}.
     *
     * @return the resource that describes it in YAML, without a leading slash; empty for nothing
     */
    default Optional<String> searchResource() {
        return Optional.empty();
    }
}
