package org.plastic4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.spark.Drivers.Driver;

/**
 * How much longer a sweep takes on a cluster of two workers than with two processes on the same machine, from the command to
 * its end. Runs only where it is named; docs/spark.md has the command. What it finds is in target/spark-overhead.txt.
 */
class OverheadMeasurement {
    @TempDir
    private Path folder;

    private double seconds(String name, Map<String, String> properties, String... how) throws Exception {
        List<String> more = new ArrayList<>(List.of(how));
        more.addAll(List.of("--seeds", System.getProperty("seeds", "0-15")));
        more.addAll(List.of("--set", "training.maxLifetimes=" + System.getProperty("lifetimes", "4000")));
        more.addAll(List.of("--set", "training.stop=null"));
        long begin = System.nanoTime();
        Driver driver = new Drivers(folder)
                .sweep(name, properties, folder.resolve(name + "-runs"), more.toArray(String[]::new));
        assertThat(driver.process().waitFor()).as(driver.text()).isZero();
        return (System.nanoTime() - begin) / 1e9;
    }

    @Test
    void sweepOnTwoWorkersBesideTwoProcesses() throws Exception {
        double here = seconds("processes", Map.of(), "--jobs", "2", "--threads", "2");
        double there;
        try (StandaloneCluster cluster = new StandaloneCluster(folder, 2)) {
            Map<String, String> properties = Map.of("spark.driver.host", "127.0.0.1", "spark.executor.memory", "512m");
            there = seconds("workers", properties, "--spark", cluster.url());
        }
        Files.writeString(
                Path.of("target/spark-overhead.txt"),
                String.format(
                        Locale.ROOT,
                        "two processes %.1f s, two workers %.1f s, ratio %.3f%n",
                        here,
                        there,
                        there / here));
    }
}
