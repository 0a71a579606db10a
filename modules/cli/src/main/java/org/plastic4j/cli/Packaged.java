package org.plastic4j.cli;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.plastic4j.training.UserError;

/** {@code plastic4j EXPERIMENT [options]}: the launcher of the folder that {@code scripts/package} makes. */
public final class Packaged {
    /** The property that says which experiments there are, {@code maze=org.plastic4j.maze.Main,...}. */
    static final String EXPERIMENTS = "plastic4j.experiments";

    private Packaged() {}

    /**
     * Starts an experiment, and ends the process where that is not its to do.
     *
     * @param arguments the experiment, and its options
     * @throws ReflectiveOperationException if the experiment is not on the class path
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        int code = start(arguments, System.out, System.err);
        if (code != Launcher.OK) {
            System.exit(code);
        }
    }

    static int start(String[] arguments, PrintStream out, PrintStream err) throws ReflectiveOperationException {
        Map<String, String> experiments = new TreeMap<>();
        for (String experiment : System.getProperty(EXPERIMENTS, "").split(",")) {
            experiments.put(experiment.replaceFirst("=.*", ""), experiment.replaceFirst(".*=", ""));
        }
        String expected = "expected an experiment, one of: " + String.join(", ", experiments.keySet())
                + "; then its options, such as --help";
        System.setProperty(Commands.SCRIPT, "plastic4j");
        if (arguments.length > 0 && (arguments[0].equals("--help") || arguments[0].equals("-h"))) {
            out.println("plastic4j: " + Launcher.sentence(expected));
            return Launcher.OK;
        }
        String main = arguments.length == 0 ? null : experiments.get(arguments[0]);
        if (main == null) {
            err.println(Commands.rejection(new UserError(expected)));
            return Launcher.USAGE_ERROR;
        }
        System.setProperty(Commands.SCRIPT, "plastic4j " + arguments[0]);
        try {
            Class.forName(main).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
        return Launcher.OK;
    }
}
