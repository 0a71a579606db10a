package org.plastic4j.cli;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Constructor;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.plastic4j.training.trainer.Experiment;

/** An experiment in a JVM of its own, with the class path and the flags of this one. */
final class ChildProcess {
    private ChildProcess() {}

    /**
     * The child's main program.
     *
     * @param arguments the experiment's class, which has a constructor without arguments, and then its options
     * @throws ReflectiveOperationException if there is no such class
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Constructor<?> constructor = Class.forName(arguments[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        Launcher.main(List.of(arguments).subList(1, arguments.length).toArray(String[]::new), (Experiment<?>)
                constructor.newInstance());
    }

    static Process start(Experiment<?> experiment, List<String> arguments, Path output) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.add("-cp");
        command.add(classPath(experiment.getClass().getClassLoader()));
        command.add(ChildProcess.class.getName());
        command.add(experiment.getClass().getName());
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(output.toFile()))
                .start();
    }

    /** Inside Maven, what Maven set for itself stays there. */
    private static List<String> flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.matches("-D(maven|classworlds|guice|library\\.jansi|surefire|basedir).*"))
                .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent"))
                .toList();
    }

    /** Where Maven runs the program, the class path is that of a loader and not of the JVM. */
    static String classPath(ClassLoader loader) {
        if (loader instanceof URLClassLoader urls) {
            List<String> entries = new ArrayList<>();
            for (URL url : urls.getURLs()) {
                try {
                    entries.add(Path.of(url.toURI()).toString());
                } catch (URISyntaxException | RuntimeException e) {
                    throw new IllegalStateException("not on a disk: " + url, e);
                }
            }
            return String.join(File.pathSeparator, entries);
        }
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
