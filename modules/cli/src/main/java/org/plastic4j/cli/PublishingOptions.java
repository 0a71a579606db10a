package org.plastic4j.cli;

import com.beust.jcommander.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plastic4j.training.UserError;
import org.plastic4j.training.config.SettingOverride;

/** What commands take that train many runs and may publish their results. */
abstract class PublishingOptions {
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
            description = "where the runs and results.md go (default: runs/EXPERIMENT and this command's name); what is"
                    + " finished there stays")
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
                    + " published, none left out and no setting changed")
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
            description = "changes one setting of every run: a rehearsal, and no published result any more")
    List<String> settings = new ArrayList<>();

    @Parameter(names = "--help", order = 99, help = true, description = "shows this")
    boolean help;

    /** Rejects options that do not go together. */
    final void check() {
        settings.forEach(SettingOverride::parse);
        if (from != null && out != null) {
            throw new UserError("--from: expected no --out beside it, found " + out.path());
        }
        if (from != null && spark != null) {
            throw new UserError("--from: expected no --spark beside it, found " + spark);
        }
        if (force && docs == null) {
            throw new UserError("--force: expected --docs beside it, found none");
        }
    }

    Optional<Cluster> cluster() {
        return Cluster.of(spark, out, false);
    }

    final int threads() {
        return Cluster.threads(threads, spark);
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
