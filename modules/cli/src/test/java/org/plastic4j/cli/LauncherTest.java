package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.UserError;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.config.InvalidSetting;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.trainer.Interrupt;
import org.slf4j.LoggerFactory;

class LauncherTest {
    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    private final Interrupt interrupt = new Interrupt();

    @TempDir
    private Path folder;

    private int launch(Quadratic experiment, String... arguments) {
        return new Launcher(interrupt)
                .launch(
                        arguments,
                        experiment,
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    }

    private int launchInFolder(Quadratic experiment, String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.add("--out");
        arguments.add(run().toString());
        return launch(experiment, arguments.toArray(String[]::new));
    }

    private Path run() {
        return folder.resolve("run");
    }

    private String out() {
        return outBytes.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }

    private void rejected(int code, String sentence) {
        assertThat(err()).isEqualTo(sentence + System.lineSeparator());
        assertThat(out()).isEmpty();
        assertThat(code).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(run()).doesNotExist();
    }

    @Test
    void runLeavesEverythingInItsDirectoryAndOneSummaryLine() throws Exception {
        int code = launchInFolder(new Quadratic(), "--seed", "5", "--threads", "1");

        assertThat(err()).isEmpty();
        assertThat(code).isZero();
        assertThat(out())
                .matches("Reached mean error 0\\.\\d\\d% over 20 lifetimes after \\d+ lifetimes \\([0-9.]+ s\\)\\. "
                        + "Run directory: .*/run\\R"
                        + "Report: .*/run/report.html\\. Evaluated otherwise: scripts/eval --run .*/run\\R");
        assertThat(run().toFile().list())
                .containsExactlyInAnyOrder(
                        "config.yaml",
                        "run.json",
                        "metrics.csv",
                        "metrics.jsonl",
                        "checkpoint",
                        "checkpoints",
                        "loss.png",
                        "report.html",
                        "run.log",
                        "times.csv");
        assertThat(run().resolve("config.yaml"))
                .content()
                .startsWith("seed: 5\n")
                .contains("window: 20");
        assertThat(MetricTable.read(run().resolve("metrics.csv")).names())
                .containsExactly("lifetimes", "error", "loss", "eta");
        assertThat(new CheckpointFolder(run()).load("quadratic").state().run().seed())
                .isEqualTo(5);
        JsonNode facts = new ObjectMapper().readTree(run().resolve("run.json").toFile());
        assertThat(facts.at("/seeds/run").asLong()).isEqualTo(5);
        assertThat(facts.at("/outcome").asText()).isEqualTo("target-reached");
        assertThat(facts.at("/threads").asInt()).isEqualTo(1);
        assertThat(facts.at("/nd4j").asText()).isNotEmpty();
    }

    @Test
    void resolvedConfigurationGivesTheSameRunAgain() throws Exception {
        launchInFolder(new Quadratic(), "--set", "task.start=0.3");
        Path again = folder.resolve("again");
        launch(new Quadratic(), "--config", run().resolve("config.yaml").toString(), "--out", again.toString());

        assertThat(again.resolve("config.yaml")).hasSameTextualContentAs(run().resolve("config.yaml"));
        assertThat(again.resolve("metrics.csv")).hasSameTextualContentAs(run().resolve("metrics.csv"));
        assertThat(again.resolve("checkpoint/parameters.npz"))
                .hasSameBinaryContentAs(run().resolve("checkpoint/parameters.npz"));
    }

    @Test
    void whatLibrariesSayGoesIntoTheLogAndNotToTheTerminal() {
        PrintStream systemOut = System.out;
        int handlers = Logger.getLogger("").getHandlers().length;
        Quadratic chatty = new Quadratic(
                step -> {
                    System.out.println("Added differentiated op " + step);
                    System.err.println("warned at " + step);
                    LoggerFactory.getLogger("org.nd4j").info("logged at {}", step);
                },
                seed -> System.out.println("said before there was a directory"));

        assertThat(launchInFolder(chatty)).isZero();

        assertThat(out().lines()).hasSize(2);
        assertThat(err()).isEmpty();
        assertThat(run().resolve("run.log"))
                .content()
                .contains(
                        "said before there was a directory", "Added differentiated op 7", "warned at 7", "logged at 7");
        assertThat(System.out).isSameAs(systemOut);
        assertThat(Logger.getLogger("").getHandlers()).hasSize(handlers);
    }

    @Test
    void mlflowServerThatIsDownChangesNothingButOneNote() throws Exception {
        String uri;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            uri = "http://127.0.0.1:" + free.getLocalPort();
        }
        assertThat(launchInFolder(new Quadratic(), "--mlflow", uri)).isZero();

        assertThat(err()).isEmpty();
        assertThat(out().lines().filter(line -> line.startsWith("Note: MLflow at " + uri + " is not up to date")))
                .hasSize(1);
        assertThat(run().resolve("report.html"))
                .content()
                .contains("<code>scripts/run quadratic</code>")
                .doesNotContain("This part could not be made");
    }

    @Test
    void interruptedRunHasAReportToo() {
        launchInFolder(
                new Quadratic(step -> {
                    if (step == 7) {
                        interrupt.request();
                    }
                }),
                "--config",
                "long");
        assertThat(run().resolve("report.html")).content().contains("Interrupted after 7 lifetimes");
    }

    @Test
    void reportIsMadeAnewOfARunThatWasKilledOrFailed() throws Exception {
        launchInFolder(new Quadratic().poisoned(60), "--config", "long");
        assertThat(run().resolve("report.html")).doesNotExist();
        outBytes.reset();
        errBytes.reset();

        assertThat(launch(new Quadratic(), "report", "--run", run().toString())).isZero();

        assertThat(err()).isEmpty();
        assertThat(out()).endsWith("Report: " + run().resolve("report.html") + System.lineSeparator());
        assertThat(run().resolve("report.html")).content().contains("Not ended, after 59 lifetimes", "mean error");
        assertThat(run().resolve("loss.png")).isNotEmptyFile();
    }

    @Test
    void reportOfARunThatHasEndedSaysTheSameAgain() throws Exception {
        launchInFolder(new Quadratic());
        String before = Files.readString(run().resolve("report.html"));

        assertThat(launch(new Quadratic(), "report", "--run", run().toString())).isZero();

        assertThat(run().resolve("report.html")).content().isEqualTo(before);
    }

    @Test
    void helpPrintsTheUsage() {
        assertThat(launch(new Quadratic(), "--help")).isZero();
        assertThat(out())
                .startsWith("Usage: scripts/run quadratic [options]")
                .contains("  quick                The shortest of them.\n", "  longer")
                .contains("  task.start = 1.0\n      How far from zero w and eta begin.\n")
                .contains("  training.stop\n      {window: 20, target: 0.01} ends a run below the target.\n");
        assertThat(err()).isEmpty();
    }

    @Test
    void printedConfigurationIsTheResolvedOneAndNothingIsWritten() throws Exception {
        int code = launchInFolder(new Quadratic(), "--print-config", "--seed", "5", "--config", "longer");

        assertThat(code).isZero();
        assertThat(err()).isEmpty();
        assertThat(run()).doesNotExist();
        assertThat(out())
                .startsWith("seed: 5\n")
                .contains("maxLifetimes: 1000000000", "logEvery: 2", "batch: 1")
                .contains("task:\n  # How far from zero w and eta begin.\n  start: 1.0\n");

        Path file = Files.writeString(folder.resolve("printed.yaml"), out());
        outBytes.reset();
        launchInFolder(new Quadratic(), "--print-config", "--config", file.toString());
        assertThat(file).content().isEqualTo(out());
    }

    @Test
    void fileOfTheUserExtendsAShippedConfigurationByItsName() throws Exception {
        Path mine = Files.writeString(folder.resolve("mine.yaml"), "extends: longer\ntask: {start: 0.7}\n");

        assertThat(launch(new Quadratic(), "--config", mine.toString(), "--print-config"))
                .isZero();

        assertThat(out()).contains("start: 0.7", "maxLifetimes: 1000000000", "logEvery: 2");
        Files.writeString(mine, "extends: quickly\n");
        assertThat(launch(new Quadratic(), "--config", mine.toString())).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err())
                .isEqualTo(
                        "extends: there is no configuration quickly beside this one, and none of that name is shipped"
                                + " (%s:1).%n".formatted(mine));
    }

    @Test
    void unknownOptionIsRejected() {
        rejected(launchInFolder(new Quadratic(), "--quite"), "--quite: unknown option, did you mean --quiet?");
    }

    @Test
    void wrongSettingIsRejectedBeforeAnythingIsWritten() {
        rejected(
                launchInFolder(new Quadratic(), "--set", "task.start=-1"),
                "task.start: expected a positive number, found -1 (--set task.start=-1).");
    }

    @Test
    void settingThatDoesNotFitTheDataIsRejectedAndTheDirectoryTakenBack() {
        Quadratic experiment = new Quadratic(step -> {}, seed -> {
            throw new InvalidSetting("training.batch", "at most 0", 1);
        });
        rejected(
                launchInFolder(experiment), "training.batch: expected at most 0, found 1 (quadratic/defaults.yaml:7).");
    }

    @Test
    void usageErrorFoundWhenOpeningIsRejectedAndTheDirectoryTakenBack() {
        Quadratic experiment = new Quadratic(step -> {}, seed -> {
            throw new UserError("data.dir: no pictures in it");
        });
        rejected(launchInFolder(experiment), "data.dir: no pictures in it.");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void aGpuThatIsNotThereIsRejected() {
        Assumptions.assumeFalse(Files.exists(Path.of("/proc/driver/nvidia/version")), "there is one");
        rejected(
                launchInFolder(new Quadratic(), "--device", "cuda"),
                "--device cuda found no usable GPU: NVIDIA's driver is missing; --device auto takes the CPU where"
                        + " there is none.");
    }

    @Test
    void directoryBelowAFileIsRejected() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(launch(new Quadratic(), "--out", file.resolve("sub").toString()))
                .isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err())
                .isEqualTo(
                        "--out %s: no run can be written there (%s is a file).%n".formatted(file.resolve("sub"), file));
    }

    @Test
    void secondRunInTheSameDirectoryIsRejected() {
        launchInFolder(new Quadratic());
        outBytes.reset();

        assertThat(launchInFolder(new Quadratic())).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).contains("already holds a run").hasLineCount(1);
    }

    @Test
    void gradientThatIsNotANumberFailsNamingStepAndParameterWithTheCheckpointKept() {
        int code = launchInFolder(new Quadratic().poisoned(60), "--config", "long");

        assertThat(code).isEqualTo(Launcher.FAILURE);
        assertThat(err())
                .isEqualTo("step 60: the gradient of w is not finite (NaN or infinity); the last good checkpoint is"
                        + " %s (50 lifetimes); see %s.%n"
                                .formatted(run().resolve("checkpoint"), run().resolve("run.log")));
        assertThat(new CheckpointFolder(run()).load("quadratic").state().step()).isEqualTo(50);
        assertThat(run().resolve("run.log")).content().contains("RunFailure: step 60", "at org.plastic4j");
    }

    @Test
    void bugFailsInOneSentenceWithItsTraceInTheLog() {
        Quadratic inStep = new Quadratic(step -> {
            throw new IllegalStateException("shapes differ");
        });
        assertThat(launchInFolder(inStep)).isEqualTo(Launcher.FAILURE);
        assertThat(err())
                .isEqualTo("IllegalStateException: shapes differ; see %s.%n".formatted(run().resolve("run.log")));
        assertThat(run().resolve("run.log")).content().contains("IllegalStateException: shapes differ", "\tat ");
    }

    @Test
    void bugWhileOpeningFailsInOneSentenceWithItsTraceInTheLog() {
        Quadratic inOpen = new Quadratic(step -> {}, seed -> {
            throw new OutOfMemoryError("Java heap space");
        });
        assertThat(launchInFolder(inOpen)).isEqualTo(Launcher.FAILURE);
        assertThat(err()).isEqualTo("OutOfMemoryError: Java heap space; see %s.%n".formatted(run().resolve("run.log")));
        assertThat(run().resolve("run.log")).content().contains("OutOfMemoryError: Java heap space");
    }

    @Test
    void interruptSavesTheCheckpointAndSaysWhere() {
        int code = launchInFolder(
                new Quadratic(step -> {
                    if (step == 7) {
                        interrupt.request();
                    }
                }),
                "--config",
                "long");

        assertThat(code).isEqualTo(Launcher.INTERRUPTED);
        assertThat(err())
                .matches("Interrupted after 7 lifetimes \\(.* s\\) with mean error \\d+\\.\\d\\d% over the last 7"
                        + " lifetimes: checkpoint saved in .*/run/checkpoint\\. To go on: scripts/run quadratic --resume"
                        + " .*/run\\R");
        assertThat(new CheckpointFolder(run()).load("quadratic").state().step()).isEqualTo(7);
    }

    @Test
    void passwordInAnAddressIsNeitherShownNorStored() throws Exception {
        String uri = "http://user:secret@127.0.0.1:1/";
        assertThat(launchInFolder(new Quadratic(), "--mlflow", uri)).isZero();
        assertThat(out() + err()).contains("MLflow at http://127.0.0.1:1/").doesNotContain("secret");
        try (java.util.stream.Stream<Path> files = Files.walk(run())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("secret");
            }
        }
        assertThat(run().resolve("run.json")).content().contains("http://***@127.0.0.1:1/");
        for (String wrong : List.of(
                "--mlflow=ftp://user:secret@host",
                "--mlflow=http://user:sec/ret@host",
                "--mlflw=http://user:secret@host",
                "http://user:secret@host")) {
            assertThat(launch(new Quadratic(), wrong)).isEqualTo(Launcher.USAGE_ERROR);
            assertThat(err()).doesNotContain("secret").doesNotContain("sec/ret").doesNotContain("\tat ");
        }
    }
}
