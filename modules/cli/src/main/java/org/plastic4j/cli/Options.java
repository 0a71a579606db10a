package org.plastic4j.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.plastic4j.training.config.SettingOverride;

/**
 * What the user asked for on the command line.
 *
 * @param config the name or file of the configuration
 * @param overrides settings that go before the configuration, the seed among them
 * @param out the run's directory; empty for a fresh one
 * @param resume the directory of a run to go on with, which then says what the configuration is
 * @param seeds the seeds to run one after the other, instead of one run; empty for one run
 * @param jobs how many of them at a time
 * @param cluster the cluster that they are executed on; empty for this computer
 * @param threads how many threads to use
 * @param device what to compute on; empty for what ND4J was built for
 * @param mlflow an MLflow server that gets the metrics too
 * @param tensorboard whether to write the metrics for TensorBoard too
 * @param watch whether to serve a page that follows the run
 * @param quiet whether to show no progress
 * @param printConfig whether only the resolved configuration is wanted
 * @param help whether only the usage is wanted
 */
record Options(
        String config,
        List<SettingOverride> overrides,
        Optional<Path> out,
        Optional<Path> resume,
        List<Long> seeds,
        int jobs,
        Optional<Cluster> cluster,
        int threads,
        Optional<DeviceChoice> device,
        Optional<URI> mlflow,
        boolean tensorboard,
        boolean watch,
        boolean quiet,
        boolean printConfig,
        boolean help) {}
