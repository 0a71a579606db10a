package org.plastic4j.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Executes runs on a cluster; found as a service, so that nothing else depends on the cluster's libraries. */
public interface ClusterProvider {
    /**
     * A request to a cluster.
     *
     * @param url its address
     * @param folder where the runs' directories are: shared with the cluster, or a copy of what is in the store
     * @param store where the cluster keeps the runs' directories; empty for the folder itself
     * @param threads how many threads a run has
     * @param child the JVM that a run needs
     */
    record Request(String url, Path folder, Optional<URI> store, int threads, ChildJvm child) {}

    /**
     * Claims the folder for this process, and brings into it what the store has.
     *
     * @param request what is asked for
     * @return executes runs; it has to be closed
     * @throws org.plastic4j.training.UserError if the folder cannot be used, or another process is using it
     */
    RunExecutor open(Request request);
}
