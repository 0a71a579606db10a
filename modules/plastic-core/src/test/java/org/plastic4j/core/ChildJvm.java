package org.plastic4j.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs a main class of the tests in a JVM of its own. */
public final class ChildJvm {
    private ChildJvm() {}

    /** What it printed on lines that begin with "result ", without that word. */
    public static List<String> run(Class<?> main, List<String> jvmOptions, String... arguments)
            throws IOException, InterruptedException {
        return output(main, jvmOptions, arguments)
                .lines()
                .filter(line -> line.startsWith("result "))
                .map(line -> line.substring("result ".length()))
                .toList();
    }

    /** All that it printed, errors among the rest. */
    public static String output(Class<?> main, List<String> jvmOptions, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        Collections.addAll(command, arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Threads of ND4J that wait for each other spin, which takes minutes on a machine with other work.
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(main.getName() + " failed:\n" + output);
        }
        return output;
    }
}
