package org.plastic4j.cli;

import com.beust.jcommander.JCommander;
import com.beust.jcommander.ParameterException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.plastic4j.training.DidYouMean;
import org.plastic4j.training.Secrets;
import org.plastic4j.training.UserError;
import org.plastic4j.training.config.ConfigLoader;
import org.plastic4j.training.config.ConfigText;
import org.plastic4j.training.config.Kebab;
import org.plastic4j.training.trainer.Experiment;

/** Reading command lines, whoever's options they are. */
public final class Commands {
    /** The property in which a script says how it was called. */
    static final String SCRIPT = "plastic4j.script";

    private Commands() {}

    /**
     * A rejection as the user sees it: with the script that was called, where one was.
     *
     * @param problem what was wrong
     * @return one sentence
     */
    public static String rejection(UserError problem) {
        String script = System.getProperty(SCRIPT);
        return (script == null ? "" : script + ": ") + Launcher.sentence(Secrets.hidden(problem.getMessage()));
    }

    static JCommander commander(Object flags) {
        return JCommander.newBuilder()
                .addObject(flags)
                .acceptUnknownOptions(true)
                .expandAtSign(false)
                .build();
    }

    /**
     * Fills the flags. Unknown options pass where help is asked for.
     *
     * @param flags an object with JCommander's annotations
     * @param arguments the command line's
     * @throws UserError for everything wrong
     */
    public static void parse(Object flags, String... arguments) {
        List<String> besides = parseWithArguments(flags, arguments);
        if (!besides.isEmpty() && !Arrays.asList(arguments).contains("--help")) {
            JCommander commander = commander(flags);
            commander.createDescriptions();
            throw unknown(commander, besides.get(0));
        }
    }

    /**
     * The same for a command that takes more than options.
     *
     * @param flags an object with JCommander's annotations
     * @param arguments the command line's
     * @return what is no option, in order
     * @throws UserError for everything wrong
     */
    public static List<String> parseWithArguments(Object flags, String... arguments) {
        JCommander commander = commander(flags);
        try {
            commander.parse(arguments);
        } catch (ParameterException e) {
            throw new UserError(e.getMessage().replaceAll("\\.$", ""), e);
        }
        boolean help = Arrays.asList(arguments).contains("--help");
        List<String> unknown = commander.getUnknownOptions();
        unknown.stream()
                .filter(found -> found.startsWith("-") && !help)
                .findFirst()
                .ifPresent(found -> {
                    throw unknown(commander, found);
                });
        return unknown;
    }

    private static UserError unknown(JCommander commander, String found) {
        List<String> names = commander.getParameters().stream()
                .flatMap(option -> Arrays.stream(option.getParameter().names()))
                .sorted()
                .toList();
        if (!found.startsWith("-")) {
            return new UserError(String.format(
                    Locale.ROOT,
                    "unexpected argument '%s', expected options only: %s",
                    found,
                    String.join(", ", names)));
        }
        String hint = DidYouMean.of(found, names)
                .map(name -> "did you mean " + name + "?")
                .orElse("known options: " + String.join(", ", names));
        return new UserError(String.format(Locale.ROOT, "%s: unknown option, %s", found, hint));
    }

    /**
     * @param command what the user typed to get here
     * @param flags an object with JCommander's annotations
     * @return what {@code --help} prints
     */
    public static String usage(String command, Object flags) {
        StringBuilder text = new StringBuilder("Usage: " + command + " [options]\n");
        JCommander commander = commander(flags);
        commander.createDescriptions();
        commander.getParameters().stream()
                .sorted((left, right) -> Integer.compare(
                        left.getParameter().order(), right.getParameter().order()))
                .forEach(option -> text.append(
                        String.format(Locale.ROOT, "  %-20s %s%n", option.getLongestName(), option.getDescription())));
        return text.toString();
    }

    /** An address of something that is fetched over the net. */
    static URI web(String option, String expected, String value) {
        try {
            URI uri = new URI(value);
            if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Rejected below, like an address of something else.
        }
        // A password with a slash in it cannot be told from a host, and is not to be shown.
        throw new ParameterException(String.format(
                Locale.ROOT,
                "%s: expected %s, found %s",
                option,
                expected,
                value.contains("@")
                        ? "one with a user that cannot be read: / and @ in a password are %2F and %40"
                        : "'" + value + "'"));
    }

    /**
     * @param option the option's name
     * @param value what the user gave it
     * @return the number
     * @throws ParameterException if it is none, or not positive
     */
    public static int positive(String option, String value) {
        try {
            if (Integer.parseInt(value) > 0) {
                return Integer.parseInt(value);
            }
        } catch (NumberFormatException e) {
            // Rejected below, like a number that is not positive.
        }
        throw new ParameterException(
                String.format(Locale.ROOT, "%s: expected a positive integer, found '%s'", option, value));
    }

    static <E extends Enum<E>> E choice(String option, E[] choices, String value) {
        return Arrays.stream(choices)
                .filter(choice -> Kebab.of(choice).equals(value))
                .findFirst()
                .orElseThrow(() -> new ParameterException(String.format(
                        Locale.ROOT,
                        "%s: expected %s, found '%s'",
                        option,
                        Arrays.stream(choices).map(Kebab::of).collect(Collectors.joining(" or ")),
                        value)));
    }

    /**
     * Those of an experiment's configurations that {@code --configs} chooses.
     *
     * @param known all of them
     * @param chosen some of their names; none means all
     * @return the chosen, in the order in which they are known
     */
    static List<String> chosen(List<String> known, List<String> chosen) {
        for (String config : chosen) {
            if (!known.contains(config)) {
                throw new UserError(String.format(
                        Locale.ROOT, "--configs: expected some of %s, found '%s'", String.join(", ", known), config));
            }
        }
        return known.stream()
                .filter(config -> chosen.isEmpty() || chosen.contains(config))
                .toList();
    }

    /**
     * What an experiment's own resource describes.
     *
     * @param resource where it stands, if the experiment has one
     * @param verb what an experiment without one does not do
     */
    static <T extends Record> T described(
            Experiment<?> experiment, Class<T> type, Optional<String> resource, String verb) {
        String name = resource.orElseThrow(() ->
                new UserError(String.format(Locale.ROOT, "%s: this experiment %s nothing", experiment.name(), verb)));
        ConfigText text = ConfigText.resource(experiment.getClass().getClassLoader(), name);
        return ConfigLoader.load(type, text, new ConfigText(name, ""), List.of())
                .value();
    }
}
