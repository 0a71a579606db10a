package org.plastic4j.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.plastic4j.report.search.Search;
import org.plastic4j.training.UserError;

/** What {@code scripts/search} takes. */
@Parameters(separators = "=")
final class SearchOptions extends PublishingOptions {
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

    static SearchOptions parse(String... arguments) {
        SearchOptions options = new SearchOptions();
        Commands.parse(options, arguments);
        options.check();
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

    static String usage(String experiment) {
        return Commands.usage("scripts/search " + experiment, new SearchOptions());
    }
}
