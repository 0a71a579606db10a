package org.plastic4j.spark.task;

import java.io.Serializable;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * What an executor is to do: one run, in a child JVM.
 *
 * @param name what people know it by
 * @param root the folder of all runs
 * @param run the run's directory in it, as in {@code seed-0}
 * @param output the file in it that gets what the run says
 * @param driver the driver that ordered it; an executor of another one writes nothing
 * @param flags java's options
 * @param main the main class and its first arguments
 * @param classPath the class path: files that Spark brought, by their names, or paths
 * @param shipped whether Spark brought the files of the class path
 * @param begin the command line that begins the run
 * @param resume the command line that resumes it
 * @param config a configuration that the run expects beside its directory; null for none
 * @param environment the variables of the driver that the run is computed with
 * @param hadoop settings of Hadoop
 * @param roundMillis how often the store gets what has changed
 */
public record RunOrder(
        String name,
        URI root,
        String run,
        String output,
        String driver,
        List<String> flags,
        List<String> main,
        List<String> classPath,
        boolean shipped,
        List<String> begin,
        List<String> resume,
        String config,
        Map<String, String> environment,
        Map<String, String> hadoop,
        long roundMillis)
        implements Serializable {}
