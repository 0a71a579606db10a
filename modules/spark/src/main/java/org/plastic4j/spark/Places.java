package org.plastic4j.spark;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;
import scala.jdk.javaapi.CollectionConverters;

/** Where the runs are: which executor each job group's task was given to last. */
final class Places extends SparkListener {
    /** What a place begins with where Spark runs in this process. */
    static final String HERE = "executor driver ";

    private static final String GROUP = "spark.jobGroup.id";

    private final Map<Object, String> groups = new ConcurrentHashMap<>();
    private final Map<String, String> places = new ConcurrentHashMap<>();

    @Override
    public void onJobStart(SparkListenerJobStart event) {
        String group = event.properties() == null ? null : event.properties().getProperty(GROUP);
        if (group != null) {
            CollectionConverters.asJava(event.stageIds()).forEach(stage -> groups.put(stage, group));
        }
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart event) {
        String group = groups.get(event.stageId());
        TaskInfo task = event.taskInfo();
        if (group != null) {
            places.put(group, "executor " + task.executorId() + " on " + task.host());
        }
    }

    /** The executor; empty while the run waits for one. */
    Optional<String> of(String group) {
        return Optional.ofNullable(places.get(group));
    }
}
