package org.plastic4j.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Command lines that give a run again. */
public final class Commands {
    /** What is not about the run itself but about where it goes and what is seen of it. */
    private static final Set<String> ABOUT_OUTPUT = Set.of("--out", "--mlflow", "--resume");

    private static final Set<String> SHOWING = Set.of("--quiet", "--tensorboard", "--watch");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private Commands() {}

    /**
     * @param experiment the experiment's name
     * @param arguments what was given
     * @return the command that was given, without what is about its output
     */
    public static String again(String experiment, List<String> arguments) {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (ABOUT_OUTPUT.contains(argument)) {
                i++;
            } else if (!SHOWING.contains(argument)
                    && ABOUT_OUTPUT.stream().noneMatch(option -> argument.startsWith(option + "="))) {
                kept.add(argument);
            }
        }
        return command(experiment, kept);
    }

    /** The command that needs nothing but the run's directory. */
    static String fromDirectory(String experiment, String directory) {
        return command(experiment, List.of("--config", directory + "/config.yaml"));
    }

    private static String command(String experiment, List<String> arguments) {
        return arguments.stream()
                .map(Commands::quoted)
                .collect(Collectors.joining(" ", "scripts/run " + experiment + " ", ""))
                .strip();
    }

    private static String quoted(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
