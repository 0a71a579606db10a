package org.plastic4j.cli;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.List;
import org.plastic4j.training.trainer.Experiment;

/** The main program of an experiment in a JVM of its own. */
final class ChildProcess {
    private ChildProcess() {}

    /**
     * Runs the experiment.
     *
     * @param arguments the experiment's class, which has a constructor without arguments, and then its options
     * @throws ReflectiveOperationException if there is no such class
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        if (Boolean.getBoolean(ChildJvm.ENDS_WITH_PARENT)) {
            Thread watch = new Thread(ChildProcess::endWithParent, "parent");
            watch.setDaemon(true);
            watch.start();
        }
        Constructor<?> constructor = Class.forName(arguments[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        Launcher.main(List.of(arguments).subList(1, arguments.length).toArray(String[]::new), (Experiment<?>)
                constructor.newInstance());
    }

    /** Standard input is a pipe whose other end the operating system closes when the parent is gone, however it ended. */
    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said there.
            }
        } catch (IOException e) {
            // The pipe is broken, which says the same.
        }
        // Nobody keeps what this process writes from here on.
        Runtime.getRuntime().halt(Launcher.FAILURE);
    }
}
