package org.plastic4j.spark;

import org.plastic4j.cli.ClusterProvider;
import org.plastic4j.cli.RunExecutor;

/** Runs on a cluster of Apache Spark, one task a run. */
public final class SparkCluster implements ClusterProvider {
    /** Creates the service. */
    public SparkCluster() {
        // Found by ServiceLoader.
    }

    @Override
    public RunExecutor open(Request request) {
        return SparkExecutor.open(request);
    }
}
