package org.plastic4j.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.plastic4j.report.search.Search;
import org.plastic4j.training.UserError;
import org.plastic4j.training.config.SettingOverride;

/** What {@code scripts/search} takes. */
@Parameters(separators = "=")
final class SearchOptions {
    /** Another one than those of the runs whose results are published. */
    private static final long SEED = 100;

    private static final int VALIDATION_LIFETIMES = 200;
    private static final int WINDOW = 100;

    @Parameter(
            names = "--configs",
            order = 1,
            description = "with which of the search's configurations, as in a,b (default: all)")
    List<String> configs = new ArrayList<>();

    @Parameter(
            names = "--setting",
            order = 1,
            description =
                    "searches this setting and not the experiment's own search, as in training.optimizer.learningRate")
    String setting;

    @Parameter(names = "--values", order = 1, description = "its values, as in 1e-4,3e-4,1e-3")
    List<String> values = new ArrayList<>();

    @Parameter(
            names = "--seed",
            order = 1,
            converter = OptionParser.Seed.class,
            description = "the runs' seed (default: 100)")
    String seed;

    @Parameter(
            names = "--threads",
            order = 2,
            converter = OptionParser.Threads.class,
            description = "how many threads to use (default: one a processor; with --spark one a run)")
    Integer threads;

    @Parameter(
            names = "--spark",
            order = 2,
            converter = OptionParser.SparkUrl.class,
            description = "runs on a cluster of Apache Spark, as in spark://host:7077, yarn, k8s://host or local[4]")
    String spark;

    @Parameter(
            names = "--out",
            order = 3,
            converter = RunsPlace.Converter.class,
            description =
                    "where the runs and results.md go (default: runs/EXPERIMENT/search); what is finished there stays")
    RunsPlace out;

    @Parameter(
            names = "--from",
            order = 4,
            converter = ReproduceOptions.RunsFolder.class,
            description = "regenerates the table from the runs in this folder, without any training")
    Path from;

    @Parameter(
            names = "--docs",
            order = 5,
            converter = ReproduceOptions.DocsFolder.class,
            description = "publishes: writes into the results.md of this folder too, where the runs are those that are"
                    + " published: all configurations, values and settings")
    Path docs;

    @Parameter(
            names = "--force",
            order = 5,
            description = "publishes other runs than those too; the page then says what differs")
    boolean force;

    @Parameter(
            names = "--set",
            order = 6,
            splitter = OptionParser.Whole.class,
            description = "changes one setting of every run: a rehearsal")
    List<String> settings = new ArrayList<>();

    @Parameter(names = "--help", order = 99, help = true, description = "shows this")
    boolean help;

    static SearchOptions parse(String... arguments) {
        SearchOptions options = new SearchOptions();
        Commands.parse(options, arguments);
        options.settings.forEach(SettingOverride::parse);
        if (options.from != null && options.out != null) {
            throw new UserError("--from: expected no --out beside it, found " + options.out.path());
        }
        if (options.from != null && options.spark != null) {
            throw new UserError("--from: expected no --spark beside it, found " + options.spark);
        }
        if ((options.setting == null) != options.values.isEmpty()) {
            throw new UserError(
                    options.setting == null
                            ? "--values: expected --setting beside it, found none"
                            : "--setting: expected --values beside it, found none");
        }
        if (options.setting != null && options.docs != null) {
            throw new UserError("--docs: expected the experiment's own search, found --setting " + options.setting);
        }
        if (options.seed != null && options.setting == null) {
            throw new UserError("--seed: expected --setting beside it, found none");
        }
        if (options.force && options.docs == null) {
            throw new UserError("--force: expected --docs beside it, found none");
        }
        return options;
    }

    /** The search that the options describe by themselves; empty for the experiment's own. */
    Optional<Search> search() {
        return Optional.ofNullable(setting)
                .map(path -> new Search(
                        String.format(Locale.ROOT, "A search of `%s`", path),
                        path,
                        values,
                        configs.isEmpty() ? List.of("quick") : configs,
                        List.of(),
                        seed == null ? SEED : Long.parseLong(seed),
                        VALIDATION_LIFETIMES,
                        WINDOW));
    }

    Optional<Cluster> cluster() {
        return Cluster.of(spark, out, false);
    }

    int threads() {
        return Cluster.threads(threads, spark);
    }

    static String usage(String experiment) {
        return Commands.usage("scripts/search " + experiment, new SearchOptions());
    }
}
