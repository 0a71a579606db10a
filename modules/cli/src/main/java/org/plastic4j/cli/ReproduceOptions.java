package org.plastic4j.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code scripts/reproduce} takes. */
@Parameters(separators = "=")
final class ReproduceOptions extends PublishingOptions {
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

    static ReproduceOptions parse(String... arguments) {
        ReproduceOptions options = new ReproduceOptions();
        Commands.parse(options, arguments);
        options.check();
        return options;
    }

    @Override
    Optional<Cluster> cluster() {
        return Cluster.of(spark, out, jobs != null);
    }

    int jobs() {
        return jobs == null ? 1 : jobs;
    }

    static String usage(String experiment) {
        return Commands.usage("scripts/reproduce " + experiment, new ReproduceOptions());
    }
}
