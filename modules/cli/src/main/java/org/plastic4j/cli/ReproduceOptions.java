package org.plastic4j.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plastic4j.training.UserError;
import org.plastic4j.training.config.SettingOverride;

/** What {@code scripts/reproduce} takes. */
@Parameters(separators = "=")
final class ReproduceOptions {
    @Parameter(
            names = "--configs",
            order = 1,
            description = "which of the experiment's protocols, as in a,b (default: all)")
    List<String> configs = new ArrayList<>();

    @Parameter(
            names = "--seeds",
            order = 2,
            converter = OptionParser.Seeds.class,
            description = "the seeds, as in 0-9 or 0,3,7 (default: those of the protocol, or 0-9)")
    OptionParser.SeedList seeds;

    @Parameter(
            names = "--jobs",
            order = 3,
            converter = OptionParser.Jobs.class,
            description = "how many runs at a time (default: 1), which then share the threads")
    Integer jobs;

    @Parameter(
            names = "--threads",
            order = 4,
            converter = OptionParser.Threads.class,
            description = "how many threads to use (default: one a processor; with --spark one a run)")
    Integer threads;

    @Parameter(
            names = "--spark",
            order = 4,
            converter = OptionParser.SparkUrl.class,
            description = "runs on a cluster of Apache Spark, as in spark://host:7077, yarn, k8s://host or local[4]")
    String spark;

    @Parameter(
            names = "--out",
            order = 5,
            converter = RunsPlace.Converter.class,
            description =
                    "where the runs and results.md go (default: runs/EXPERIMENT/reproduce); what is finished there stays")
    RunsPlace out;

    @Parameter(
            names = "--from",
            order = 6,
            converter = RunsFolder.class,
            description = "regenerates the results from the runs in this folder, without any training")
    Path from;

    @Parameter(
            names = "--docs",
            order = 7,
            converter = DocsFolder.class,
            description = "publishes: writes into the results.md of this folder too, where the runs are those that are"
                    + " published: all protocols, seeds and settings")
    Path docs;

    @Parameter(
            names = "--force",
            order = 7,
            description = "publishes other runs than those too; the page then says what differs")
    boolean force;

    @Parameter(
            names = "--set",
            order = 8,
            splitter = OptionParser.Whole.class,
            description = "changes one setting of every protocol: a rehearsal, and no reproduction any more")
    List<String> settings = new ArrayList<>();

    @Parameter(names = "--help", order = 99, help = true, description = "shows this")
    boolean help;

    static ReproduceOptions parse(String... arguments) {
        ReproduceOptions options = new ReproduceOptions();
        Commands.parse(options, arguments);
        options.settings.forEach(SettingOverride::parse);
        if (options.from != null && options.out != null) {
            throw new UserError("--from: expected no --out beside it, found " + options.out.path());
        }
        if (options.from != null && options.spark != null) {
            throw new UserError("--from: expected no --spark beside it, found " + options.spark);
        }
        if (options.force && options.docs == null) {
            throw new UserError("--force: expected --docs beside it, found none");
        }
        return options;
    }

    Optional<Cluster> cluster() {
        return Cluster.of(spark, out, jobs != null);
    }

    int jobs() {
        return jobs == null ? 1 : jobs;
    }

    int threads() {
        return Cluster.threads(threads, spark);
    }

    static String usage(String experiment) {
        return Commands.usage("scripts/reproduce " + experiment, new ReproduceOptions());
    }

    static final class RunsFolder extends FolderConverter {
        RunsFolder() {
            super("--from");
        }
    }

    static final class DocsFolder extends FolderConverter {
        DocsFolder() {
            super("--docs");
        }
    }
}
