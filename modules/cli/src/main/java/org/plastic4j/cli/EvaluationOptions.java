package org.plastic4j.cli;

import com.beust.jcommander.IStringConverter;
import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterException;
import com.beust.jcommander.Parameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.plastic4j.training.UserError;
import org.plastic4j.training.trainer.Split;

/** What {@code scripts/eval} takes. */
@Parameters(separators = "=")
final class EvaluationOptions {
    @Parameter(names = "--run", order = 1, converter = RunFolder.class, description = "the run's directory")
    Path run;

    @Parameter(
            names = "--split",
            order = 2,
            converter = Splits.class,
            description = "which held-out lifetimes, test or validation (default: test)")
    Split split = Split.TEST;

    @Parameter(
            names = "--lifetimes",
            order = 3,
            converter = Lifetimes.class,
            description = "how many lifetimes, always the first ones of the split (default: as many as at the end of"
                    + " training, or 200)")
    Integer lifetimes;

    @Parameter(
            names = "--checkpoint",
            order = 4,
            converter = Which.class,
            description = "which checkpoint, newest or best (default: newest)")
    String checkpoint = "newest";

    @Parameter(
            names = "--set",
            order = 7,
            splitter = OptionParser.Whole.class,
            description =
                    "changes a setting that an evaluation can change, where the experiment has one; may be repeated")
    List<String> settings = new ArrayList<>();

    @Parameter(
            names = "--threads",
            order = 5,
            converter = OptionParser.Threads.class,
            description = "how many threads to use (default: one a processor)")
    Integer threads = Runtime.getRuntime().availableProcessors();

    @Parameter(
            names = "--device",
            order = 6,
            converter = OptionParser.Devices.class,
            description = "what to compute lifetimes on: cuda is a GPU, auto one where there is one (default: cpu)")
    DeviceChoice device;

    @Parameter(names = "--help", order = 99, help = true, description = "shows this")
    boolean help;

    static EvaluationOptions parse(String... arguments) {
        EvaluationOptions options = new EvaluationOptions();
        Commands.parse(options, arguments);
        if (!options.help && options.run == null) {
            throw new UserError("--run: missing option, expected the directory of a run");
        }
        return options;
    }

    static String usage() {
        return Commands.usage("scripts/eval", new EvaluationOptions());
    }

    static final class RunFolder extends FolderConverter {
        RunFolder() {
            super("--run");
        }
    }

    static final class Splits implements IStringConverter<Split> {
        @Override
        public Split convert(String value) {
            return Commands.choice("--split", Split.values(), value);
        }
    }

    static final class Lifetimes implements IStringConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return Commands.positive("--lifetimes", value);
        }
    }

    static final class Which implements IStringConverter<String> {
        @Override
        public String convert(String value) {
            if (value.equals("newest") || value.equals("best")) {
                return value;
            }
            throw new ParameterException(
                    String.format(Locale.ROOT, "--checkpoint: expected newest or best, found '%s'", value));
        }
    }
}
