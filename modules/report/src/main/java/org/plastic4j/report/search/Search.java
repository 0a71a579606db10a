package org.plastic4j.report.search;

import java.util.List;
import org.plastic4j.training.Decimals;
import org.plastic4j.training.config.Require;

/**
 * One setting that is chosen in the same way for several configurations: each value is tried with each of them, for the same
 * number of lifetimes or seconds, and measured by the loss that it ends with. An experiment describes it in a YAML resource
 * with just these settings.
 *
 * @param title the search, for people
 * @param setting the setting's whole path
 * @param values what is tried
 * @param configs the names of the configurations
 * @param settings how every run differs from its configuration besides, as in {@code training.maxSeconds=300}
 * @param seed the runs' seed
 * @param validationLifetimes on how many held-out lifetimes of the validation split each run is evaluated besides
 * @param window over how many of the last training lifetimes the loss is averaged
 */
public record Search(
        String title,
        String setting,
        List<String> values,
        List<String> configs,
        List<String> settings,
        long seed,
        int validationLifetimes,
        int window) {
    /** Checks the description. */
    public Search {
        values = values.stream().map(Search::plain).toList();
        Require.that("values", values.size(), !values.isEmpty(), "at least one");
        Require.that("configs", configs.size(), !configs.isEmpty(), "at least one");
        Require.positive("validationLifetimes", validationLifetimes);
        Require.positive("window", window);
    }

    /** A number as people write it, {@code 3e-5}; any other text as it is. */
    static String plain(String value) {
        try {
            return Decimals.shortest(Double.parseDouble(value))
                    .replace(".0E", "E")
                    .replace('E', 'e');
        } catch (NumberFormatException e) {
            return value;
        }
    }
}
