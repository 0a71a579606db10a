package org.plastic4j.cli;

import com.beust.jcommander.IStringConverter;
import com.beust.jcommander.JCommander;
import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterException;
import com.beust.jcommander.Parameters;
import com.beust.jcommander.converters.IParameterSplitter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.plastic4j.training.UserError;
import org.plastic4j.training.config.SettingOverride;

/** Reads the options that all experiments share. */
public final class OptionParser {
    private OptionParser() {}

    /**
     * @param arguments the command line's
     * @return what they ask for
     * @throws UserError if an option is unknown or its value wrong
     */
    public static Options parse(String... arguments) {
        Flags flags = new Flags();
        Commands.parse(flags, arguments);
        return flags.toOptions();
    }

    /**
     * @param experiment the experiment's name
     * @return what {@code --help} prints
     */
    public static String usage(String experiment) {
        StringBuilder text = new StringBuilder("Usage: scripts/run " + experiment + " [options]\n");
        JCommander commander = Commands.commander(new Flags());
        commander.createDescriptions();
        commander.getParameters().stream()
                .sorted((left, right) -> Integer.compare(
                        left.getParameter().order(), right.getParameter().order()))
                .forEach(option -> text.append(String.format(
                        Locale.ROOT,
                        "  %-20s %s%n",
                        option.getLongestName() + placeholder(option.getLongestName()),
                        option.getDescription())));
        return text.toString();
    }

    private static String placeholder(String name) {
        return switch (name) {
            case "--config" -> " NAME_OR_FILE";
            case "--set" -> " KEY=VALUE";
            case "--seed", "--threads", "--jobs" -> " N";
            case "--seeds" -> " 0-9";
            case "--out", "--resume" -> " DIR";
            case "--spark" -> " URL";
            case "--mlflow" -> " URI";
            case "--device" -> " cpu|cuda|auto";
            default -> "";
        };
    }

    @Parameters(separators = "=")
    private static final class Flags {
        @Parameter(
                names = "--config",
                order = 1,
                description = "a configuration of the experiment by name, or a file (default: quick)")
        private String config;

        @Parameter(
                names = "--set",
                order = 2,
                splitter = Whole.class,
                description = "changes one setting, as in --set training.batch=4; may be repeated")
        private List<String> settings = new ArrayList<>();

        @Parameter(names = "--seed", order = 3, converter = Seed.class, description = "the run's seed")
        private String seed;

        @Parameter(
                names = "--out",
                order = 4,
                converter = RunsPlace.Converter.class,
                description = "the run's directory (default: a fresh one in runs/); with --spark any that its cluster"
                        + " writes, as in hdfs://namenode/runs/mine")
        private RunsPlace out;

        @Parameter(
                names = "--resume",
                order = 20,
                converter = ResumedFolder.class,
                description = "resumes the run in this directory; --set training.maxLifetimes=N makes it longer")
        private Path resume;

        @Parameter(
                names = "--threads",
                order = 5,
                converter = Threads.class,
                description = "how many threads to use (default: one a processor; with --spark one a run)")
        private Integer threads;

        @Parameter(
                names = "--device",
                order = 6,
                converter = Devices.class,
                description = "what to compute lifetimes on: cuda is a GPU, auto one where there is one (default: cpu)")
        private DeviceChoice device;

        @Parameter(
                names = "--mlflow",
                order = 6,
                converter = Server.class,
                description = "an MLflow server that gets the metrics too, as in http://localhost:5000")
        private URI mlflow;

        @Parameter(
                names = "--tensorboard",
                order = 6,
                description = "writes the metrics for TensorBoard too, into the run's directory")
        private boolean tensorboard;

        @Parameter(
                names = "--watch",
                order = 6,
                description = "serves a page that follows the run, on this computer, as long as it goes on")
        private boolean watch;

        @Parameter(names = "--quiet", order = 7, description = "shows no progress")
        private boolean quiet;

        @Parameter(
                names = "--seeds",
                order = 21,
                converter = Seeds.class,
                description = "several runs, as in 0-9 or 0,3,7, each in a folder of its own in --out; given the folder"
                        + " of an earlier sweep, resumes it")
        private SeedList seeds;

        @Parameter(
                names = "--jobs",
                order = 22,
                converter = Jobs.class,
                description = "how many seeds at a time (default: 1), which then share the threads")
        private Integer jobs;

        @Parameter(
                names = "--spark",
                order = 23,
                converter = SparkUrl.class,
                description =
                        "runs the seeds on a cluster of Apache Spark, as in spark://host:7077, yarn, k8s://host or"
                                + " local[4]; --threads then is how many cores a run gets")
        private String spark;

        @Parameter(
                names = "--print-config",
                order = 30,
                description = "prints the configuration with all defaults, overrides and comments, and runs nothing")
        private boolean printConfig;

        @Parameter(names = "--help", order = 99, help = true, description = "shows this")
        private boolean help;

        /** A resumed run has a configuration, a seed and a directory already. */
        private void checkResume() {
            Map<String, Object> clashing = new LinkedHashMap<>();
            clashing.put("--config", config);
            clashing.put("--seed", seed);
            clashing.put("--out", out == null ? null : out.path());
            clashing.put("--seeds", seeds == null ? null : "several");
            clashing.forEach((name, value) -> {
                if (resume != null && value != null) {
                    throw new UserError("--resume takes configuration, seed and directory from the run,"
                            + String.format(Locale.ROOT, " expected no %s beside it, found %s", name, value));
                }
            });
        }

        private void checkSeeds() {
            if (seeds != null && seed != null) {
                throw new UserError("--seeds: expected no --seed beside it, found " + seed);
            }
            if (seeds == null && jobs != null) {
                throw new UserError("--jobs: expected --seeds beside it, found one run only");
            }
            if (seeds == null && spark != null) {
                throw new UserError("--spark: expected --seeds beside it, found one run only");
            }
        }

        Options toOptions() {
            checkResume();
            checkSeeds();
            List<SettingOverride> overrides = new ArrayList<>();
            settings.forEach(setting -> overrides.add(SettingOverride.parse(setting)));
            if (seed != null) {
                overrides.add(new SettingOverride("seed", seed, "--seed " + seed));
            }
            return new Options(
                    config == null ? "quick" : config,
                    List.copyOf(overrides),
                    Optional.ofNullable(out).map(RunsPlace::path),
                    Optional.ofNullable(resume),
                    seeds == null ? List.of() : seeds.seeds(),
                    jobs == null ? 1 : jobs,
                    Cluster.of(spark, out, jobs != null),
                    Cluster.threads(threads, spark),
                    Optional.ofNullable(device),
                    Optional.ofNullable(mlflow),
                    tensorboard,
                    watch,
                    quiet,
                    printConfig,
                    help);
        }
    }

    /** A list such as {@code --set a=[1,2]} is one value. */
    static final class Whole implements IParameterSplitter {
        @Override
        public List<String> split(String value) {
            return List.of(value);
        }
    }

    static final class Seed implements IStringConverter<String> {
        @Override
        public String convert(String value) {
            try {
                return Long.toString(Long.parseLong(value));
            } catch (NumberFormatException e) {
                throw new ParameterException(
                        String.format(Locale.ROOT, "--seed: expected an integer, found '%s'", value));
            }
        }
    }

    static final class Threads implements IStringConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return Commands.positive("--threads", value);
        }
    }

    static final class OutFolder extends FolderConverter {
        OutFolder() {
            super("--out");
        }
    }

    /** One value to the parser, which would else take a list apart. */
    record SeedList(List<Long> seeds) {}

    static final class Seeds implements IStringConverter<SeedList> {
        @Override
        public SeedList convert(String value) {
            return new SeedList(SeedRange.parse("--seeds", value));
        }
    }

    static final class Jobs implements IStringConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return Commands.positive("--jobs", value);
        }
    }

    static final class SparkUrl implements IStringConverter<String> {
        @Override
        public String convert(String value) {
            if (value.matches("local(\\[.*])?|yarn|(spark|k8s)://.+")) {
                return value;
            }
            throw new ParameterException(String.format(
                    Locale.ROOT,
                    "--spark: expected an address of a cluster, as in spark://host:7077, yarn, k8s://host or local[4],"
                            + " found '%s'",
                    value));
        }
    }

    static final class ResumedFolder extends FolderConverter {
        ResumedFolder() {
            super("--resume");
        }
    }

    static final class Server implements IStringConverter<URI> {
        @Override
        public URI convert(String value) {
            return Commands.web("--mlflow", "a server's address, as in http://localhost:5000", value);
        }
    }

    static final class Devices implements IStringConverter<DeviceChoice> {
        @Override
        public DeviceChoice convert(String value) {
            return Commands.choice("--device", DeviceChoice.values(), value);
        }
    }
}
