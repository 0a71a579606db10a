package org.plastic4j.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.plastic4j.training.UserError;
import org.plastic4j.training.config.SettingOverride;

/** What {@code scripts/search} takes. */
@Parameters(separators = "=")
final class SearchOptions {
    @Parameter(
            names = "--configs",
            order = 1,
            description = "with which of the search's configurations, as in a,b (default: all)")
    List<String> configs = new ArrayList<>();

    @Parameter(
            names = "--threads",
            order = 2,
            converter = OptionParser.Threads.class,
            description = "how many threads to use (default: one a processor)")
    Integer threads = Runtime.getRuntime().availableProcessors();

    @Parameter(
            names = "--out",
            order = 3,
            converter = OptionParser.OutFolder.class,
            description =
                    "where the runs and results.md go (default: runs/EXPERIMENT/search); what is finished there stays")
    Path out;

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
            throw new UserError("--from: expected no --out beside it, found " + options.out);
        }
        if (options.force && options.docs == null) {
            throw new UserError("--force: expected --docs beside it, found none");
        }
        return options;
    }

    static String usage(String experiment) {
        return Commands.usage("scripts/search " + experiment, new SearchOptions());
    }
}
