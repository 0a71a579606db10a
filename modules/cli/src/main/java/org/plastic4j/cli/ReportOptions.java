package org.plastic4j.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import java.nio.file.Path;
import org.plastic4j.training.UserError;

/** What {@code scripts/report} takes. */
@Parameters(separators = "=")
final class ReportOptions {
    @Parameter(
            names = "--run",
            order = 1,
            converter = EvaluationOptions.RunFolder.class,
            description = "the run's directory, of a run that goes on, has ended, was killed or failed")
    Path run;

    @Parameter(
            names = "--threads",
            order = 2,
            converter = OptionParser.Threads.class,
            description = "how many threads to use (default: one a processor)")
    Integer threads = Runtime.getRuntime().availableProcessors();

    @Parameter(names = "--help", order = 99, help = true, description = "shows this")
    boolean help;

    static ReportOptions parse(String... arguments) {
        ReportOptions options = new ReportOptions();
        Commands.parse(options, arguments);
        if (!options.help && options.run == null) {
            throw new UserError("--run: missing option, expected the directory of a run");
        }
        return options;
    }

    static String usage() {
        return Commands.usage("scripts/report --run DIR", new ReportOptions());
    }
}
