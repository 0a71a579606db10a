package org.plastic4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A master and workers of a standalone cluster of Spark on this computer, each in a process of its own. */
final class StandaloneCluster implements AutoCloseable {
    /** What a driver needs to be reached by a cluster on this computer alone, and tests to be quick. */
    static final Map<String, String> PROPERTIES = Map.of(
            "spark.driver.host", "127.0.0.1",
            "spark.executor.memory", "512m",
            "spark.plastic4j.roundMillis", "300");

    private final Path home;
    private final String url;
    private final List<Process> processes = new ArrayList<>();

    StandaloneCluster(Path folder, int workers) throws Exception {
        home = Files.createDirectories(folder.resolve("spark"));
        Path jars = Files.createDirectories(home.resolve("jars"));
        Files.createFile(home.resolve("RELEASE"));
        for (String entry : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            // Ours are not part of Spark: executors get them from the driver.
            if (Files.isRegularFile(jar) && !jar.getFileName().toString().startsWith("plastic-")) {
                Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
            }
        }
        int port = freePort();
        url = "spark://127.0.0.1:" + port;
        start(
                "master",
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                "" + port,
                "--webui-port",
                "0");
        for (int worker = 1; worker <= workers; worker++) {
            start(
                    "worker-" + worker,
                    "org.apache.spark.deploy.worker.Worker",
                    "--host",
                    "127.0.0.1",
                    "--webui-port",
                    "0",
                    "-c",
                    "1",
                    "-m",
                    "1G",
                    "-d",
                    Files.createDirectories(home.resolve("work-" + worker)).toString(),
                    url);
        }
        Instant patience = Instant.now().plus(Duration.ofMinutes(5));
        while (registered() < workers) {
            assertThat(Instant.now()).as("workers in time").isBefore(patience);
            Thread.sleep(100);
        }
    }

    private long registered() throws IOException {
        long registered = 0;
        try (Stream<Path> logs = Files.list(home)) {
            for (Path log :
                    logs.filter(file -> file.toString().endsWith(".log")).toList()) {
                registered += Files.readString(log).contains("Successfully registered with master") ? 1 : 0;
            }
        }
        return registered;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void start(String name, String main, String... arguments) throws IOException {
        List<String> command = Drivers.java(List.of("-Xmx256m", "-XX:+UseSerialGC"));
        command.add(main);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve(name + ".log").toFile());
        builder.environment().keySet().removeAll(List.of("SPARK_CONF_DIR", "PLASTIC4J_DATA"));
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        processes.add(builder.start());
    }

    String url() {
        return url;
    }

    /** The processes of executors. */
    List<ProcessHandle> executors() {
        return processes.stream()
                .flatMap(worker -> worker.toHandle().children())
                .filter(child -> child.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
                .toList();
    }

    @Override
    public void close() {
        processes.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
    }
}
