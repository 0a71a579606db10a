package org.plastic4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Programs of experiments in processes of their own, as scripts/run starts them with and without a cluster. */
record Drivers(Path folder) {
    private static final String SPARKS =
            "(archunit|assertj|byte-buddy|junit|jackson-module-scala|jakarta|hk2|json4s|spark|hadoop|netty|scala|rocksdbjni|jersey|avro|zookeeper|leveldb|icu4j).*";
    private static final String BINARY_PATTERNS = "org.plastic4j.binarypatterns.Main";

    /** A process, and what it prints. */
    record Driver(Process process, Path output) {
        int exitCode() throws InterruptedException {
            try {
                assertThat(process.waitFor(10, TimeUnit.MINUTES))
                        .as("ended in time")
                        .isTrue();
                return process.exitValue();
            } finally {
                process.destroyForcibly();
            }
        }

        String text() throws IOException {
            return Files.readString(output);
        }
    }

    private static String allClasses() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** The class path of a run: what experiments need, without what is Spark's and large. */
    static String classesOfRuns() {
        return Arrays.stream(allClasses().split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().matches(SPARKS))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** JVM options of this JVM, and more. */
    static List<String> java(List<String> options) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(options);
        command.addAll(List.of("-cp", allClasses()));
        return command;
    }

    Driver start(String name, String main, Map<String, String> properties, List<String> arguments) throws Exception {
        List<String> options = new ArrayList<>(List.of("-Xmx512m", "-Dplastic4j.classpath=" + classesOfRuns()));
        properties.forEach((property, value) -> options.add("-D" + property + "=" + value));
        List<String> command = java(options);
        command.add(main);
        command.addAll(arguments);
        Path output = folder.resolve(name + ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeAll(List.of("PLASTIC4J_DATA", "SPARK_HOME", "SPARK_CONF_DIR"));
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        return new Driver(builder.start(), output);
    }

    /** A sweep of binary patterns. */
    Driver sweep(String name, Map<String, String> properties, Path out, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--config", "regression", "--out", out.toString()));
        arguments.addAll(List.of(more));
        return start(name, BINARY_PATTERNS, properties, arguments);
    }
}
