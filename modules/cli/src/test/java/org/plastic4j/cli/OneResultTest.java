package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.trainer.Interrupt;

/** One run has one result, wherever it is read: the mean of as many lifetimes. */
class OneResultTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private String launch(String... arguments) {
        out.reset();
        int code = new Launcher(new Interrupt())
                .launch(
                        arguments,
                        new ReproduceTest.Small(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    @Test
    @Timeout(120)
    void lastLineReportCurveComparisonAndTableOfResultsShowTheSameNumber() throws Exception {
        Path runs = folder.resolve("runs");
        Path run = runs.resolve("quick/seed-0");
        String[] settings = {
            "--set",
            "training.stop=null",
            "--set",
            "training.maxLifetimes=60",
            "--set",
            "training.window=24",
            "--set",
            "training.heldOut=30",
            "--set",
            "training.batch=3",
            "--set",
            "training.logEvery=6",
            "--set",
            "training.optimizer.learningRate=0.01"
        };
        List<String> arguments = new ArrayList<>(List.of("--seed", "0", "--out", run.toString()));
        arguments.addAll(List.of(settings));

        String lastLine = launch(arguments.toArray(String[]::new));
        String result = found("with mean error ([\\d.]+%) over the last 24 lifetimes", lastLine);

        JsonNode facts = new ObjectMapper().readTree(run.resolve("run.json").toFile());
        assertThat(facts.at("/result/window").asInt()).isEqualTo(24);
        assertThat(Quadratic.ERROR.text(facts.at("/result/mean").asDouble())).isEqualTo(result);
        String report = Files.readString(run.resolve("report.html"));
        assertThat(found("last 24 lifetimes</dt><dd>([\\d.]+%)", report)).isEqualTo(result);
        String curve = found("mean of 24 lifetimes: [^ ]+ at first, ([\\d.]+) at last", report);
        assertThat(Quadratic.ERROR.text(Double.parseDouble(curve))).isEqualTo(result);

        Path other = folder.resolve("other");
        arguments.set(1, "1");
        arguments.set(3, other.toString());
        launch(arguments.toArray(String[]::new));
        Path compared = folder.resolve("compared");
        Compare.compare(
                new String[] {run.toString(), other.toString(), "--out", compared.toString()},
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        String page = Files.readString(compared.resolve("compare.html")).replaceAll(" data-of=\"[^\"]*\"", "");
        assertThat(page).contains("final mean is of the last 24 lifetimes", "<td>%s</td>".formatted(result));

        JsonNode evaluation =
                new ObjectMapper().readTree(run.resolve("eval-test.json").toFile());
        String heldOut = Quadratic.ERROR.text(evaluation.path("mean").asDouble());
        assertThat(found("; (-?[\\d.]+%) on 30 held-out lifetimes. Run directory", lastLine))
                .isEqualTo(heldOut);
        assertThat(page).contains("<td>%s</td><td>%s</td>".formatted(result, heldOut));
        assertThat(report).contains("<dt>mean error, 30 held-out lifetimes</dt><dd>%s</dd>".formatted(heldOut));

        assertThat(launch("eval", "--run", run.toString()))
                .contains("mean error " + heldOut + ",", "over 30 held-out lifetimes");

        launch("reproduce", "--from", runs.toString());
        assertThat(Files.readString(runs.resolve("results.md"))).contains("| %s | %s |".formatted(result, heldOut));
    }
}
