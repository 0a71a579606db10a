package org.plastic4j.cli;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.plastic4j.training.trainer.Experiment;

/**
 * A JVM for one run of an experiment, with the flags and the class path of this one.
 *
 * @param flags the options of java
 * @param classPath its class path
 * @param main the main class and its first argument
 */
public record ChildJvm(List<String> flags, String classPath, List<String> main) {
    /** The property that makes a child end when the process that started it is gone and its standard input ends. */
    public static final String ENDS_WITH_PARENT = "plastic4j.endsWithParent";

    /** The property that says what of the class path an experiment needs, where there is more on it. */
    private static final String CLASS_PATH = "plastic4j.classpath";

    /** A JVM for a run of an experiment. */
    static ChildJvm of(Experiment<?> experiment) {
        return new ChildJvm(
                ownFlags(),
                ownClassPath(experiment.getClass().getClassLoader()),
                List.of(ChildProcess.class.getName(), experiment.getClass().getName()));
    }

    /**
     * A command line.
     *
     * @param java the program
     * @param path the class path, where the child will find it
     * @param arguments the options of the experiment
     * @return the program and all its arguments
     */
    public List<String> command(String java, String path, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(flags);
        command.addAll(List.of("-cp", path));
        command.addAll(main);
        command.addAll(arguments);
        return command;
    }

    /** Inside Maven, what Maven set for itself stays there. */
    private static List<String> ownFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.matches("-D(maven|classworlds|guice|library\\.jansi|surefire|basedir).*"))
                .filter(flag -> !flag.startsWith("-D" + CLASS_PATH + "="))
                .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent"))
                .toList();
    }

    /** Where Maven runs the program, the class path is that of a loader and not of the JVM. */
    private static String ownClassPath(ClassLoader loader) {
        if (System.getProperty(CLASS_PATH) != null) {
            return System.getProperty(CLASS_PATH);
        }
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
