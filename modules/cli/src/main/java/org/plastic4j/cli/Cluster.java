package org.plastic4j.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.plastic4j.training.UserError;
import org.plastic4j.training.trainer.Experiment;

/**
 * A cluster that runs are executed on.
 *
 * @param url its address, as Spark takes it
 * @param store where the runs' directories are, if not in a folder that this computer and the cluster share
 */
public record Cluster(String url, Optional<URI> store) {
    /** What {@code --spark} and {@code --out} ask for together; empty for this computer. */
    static Optional<Cluster> of(String url, RunsPlace out, boolean jobs) {
        Optional<URI> store = Optional.ofNullable(out).flatMap(RunsPlace::store);
        if (url == null) {
            store.ifPresent(elsewhere -> {
                throw new UserError(String.format(
                        Locale.ROOT,
                        "--out %s: expected a folder of this computer, or --spark beside it, whose cluster writes there",
                        elsewhere));
            });
            return Optional.empty();
        }
        if (jobs) {
            throw new UserError(
                    "--jobs: expected none beside --spark, since the cluster's cores say how many runs go on"
                            + " at a time");
        }
        return Optional.of(new Cluster(url, store));
    }

    /** How many threads a run gets: on a cluster one, unless the user says so, so that the cores are shared by runs. */
    static int threads(Integer asked, String url) {
        return asked != null ? asked : url != null ? 1 : Runtime.getRuntime().availableProcessors();
    }

    /**
     * Where the runs of a command are executed.
     *
     * @param cluster empty for processes of this computer
     * @param folder where the runs' directories are
     * @param jobs how many runs at a time on this computer
     * @param threads how many threads a run has on a cluster
     */
    static RunExecutor open(Experiment<?> experiment, Optional<Cluster> cluster, Path folder, int jobs, int threads) {
        if (cluster.isEmpty()) {
            return new LocalProcesses(ChildJvm.of(experiment), jobs);
        }
        return ServiceLoader.load(ClusterProvider.class, experiment.getClass().getClassLoader())
                .findFirst()
                .orElseThrow(
                        () -> new UserError("--spark: expected the module plastic-spark and Spark on the class path,"
                                + " found none: scripts/run, scripts/reproduce and scripts/search put them there"))
                .open(new ClusterProvider.Request(
                        cluster.get().url(), folder, cluster.get().store(), threads, ChildJvm.of(experiment)));
    }
}
