package org.plastic4j.binarypatterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The project's own scripts, called as users call them. */
class ScriptsTest extends ScriptsCase {
    @Test
    void nothingIsBuiltAgainWhileTheSourcesStayTheSame() throws Exception {
        run(checkout);
        Files.setLastModifiedTime(source(), FileTime.from(Instant.now().plus(Duration.ofDays(1))));
        run(checkout);
        run(checkout);
        assertThat(builds(checkout)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "modules/thing/src/main/java/demo/Main.java",
                "modules/thing/src/main/resources/new.yaml",
                "modules/other/src/main/java/Other.java",
                "pom.xml"
            })
    void whatChangedLeadsToABuildHoweverOldItIs(String file) throws Exception {
        run(checkout);
        Path changed = checkout.resolve(file);
        Files.createDirectories(changed.getParent());
        Files.writeString(changed, (Files.exists(changed) ? text(changed) : "") + "\n");
        Files.setLastModifiedTime(changed, FileTime.from(Instant.EPOCH));
        run(checkout);
        assertThat(builds(checkout)).isEqualTo(2);
    }

    /** What a run needs stays apart: it is what executors get. */
    @Test
    void driverOfAClusterHasSparkBesideWhatRunsNeed() throws Exception {
        String run = checkout.resolve("scripts/run").toString();
        String thing = checkout.resolve("modules/thing/target/classes").toString();
        String spark = checkout.resolve("modules/spark/target/classes").toString();

        Map<String, String> local = run(checkout);
        assertThat(local.get("path")).contains(thing).doesNotContain(spark);
        assertThat(local).containsEntry("runs", "null");

        for (String[] option : new String[][] {{"--spark", "local[2]"}, {"--spark=local[2]"}}) {
            List<String> command = new ArrayList<>(List.of(run, "thing"));
            command.addAll(List.of(option));
            Map<String, String> cluster = start(Map.of(), command.toArray(String[]::new));
            assertThat(cluster.get("path")).contains(thing, spark);
            assertThat(cluster.get("runs")).contains(thing).doesNotContain(spark);
            assertThat(cluster).containsEntry("arguments", Integer.toString(option.length));
        }
        assertThat(builds(checkout)).isEqualTo(2);
    }

    @Test
    void whatWasRemovedLeadsToABuild() throws Exception {
        Path config = Files.writeString(checkout.resolve("configs/thing/old.yaml"), "seed: 1\n");
        run(checkout);
        Files.delete(config);
        run(checkout);
        assertThat(builds(checkout)).isEqualTo(2);
    }

    @Test
    void copiedCheckoutRunsItsOwnClasses() throws Exception {
        run(checkout);
        Path other = checkout.resolveSibling("copy");
        // With its times, which are older than the build.
        start(Map.of(), "cp", "-a", checkout.toString(), other.toString());

        assertThat(run(other).get("classes"))
                .contains(other.resolve("modules/thing/target").toString());
        assertThat(run(checkout).get("classes"))
                .contains(checkout.resolve("modules/thing/target").toString());
        assertThat(builds(checkout)).isEqualTo(1);
    }

    @Test
    void collectorIsTheScriptsOwnWhereTheUserNamesNone() throws Exception {
        assertThat(run(checkout).get("collector")).isEqualTo("Copy");
    }

    @ParameterizedTest
    @CsvSource({
        "JAVA_OPTS, -XX:+UseG1GC, G1 Young Generation",
        "JAVA_OPTS, -Xmx512m -XX:+UseParallelGC, PS MarkSweep|PS Scavenge",
        "JAVA_OPTS, -XX:+UseSerialGC, Copy",
        "JDK_JAVA_OPTIONS, -XX:+UseG1GC, G1 Young Generation",
        "JAVA_TOOL_OPTIONS, -XX:+UseG1GC, G1 Young Generation"
    })
    void collectorThatTheUserNamesIsTaken(String variable, String options, String collector) throws Exception {
        String found = start(
                        Map.of(variable, options),
                        checkout.resolve("scripts/run").toString(),
                        "thing")
                .get("collector");
        assertThat(found).isIn((Object[]) collector.split("\\|"));
    }

    @Test
    void scriptsStartWithShToo() throws Exception {
        assertThat(start(Map.of(), "sh", checkout.resolve("scripts/run").toString(), "thing", "two words", "*"))
                .containsEntry("arguments", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run thing", "reproduce thing", "search thing", "download thing", "eval --run run"})
    void scriptsStartThroughLinks(String command) throws Exception {
        Path run = Files.createDirectories(folder.resolve("run"));
        Files.writeString(run.resolve("run.json"), "{\n  \"experiment\" : \"thing\"\n}\n");
        String[] words = command.split(" ");
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path link = Files.createSymbolicLink(bin.resolve("plastic"), Path.of("../checkout/scripts", words[0]));
        words[0] = Files.createSymbolicLink(folder.resolve("link"), link).toString();

        assertThat(start(Map.of(), words).get("classes")).contains(checkout.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "run, Experiments: thing.",
        "reproduce, scripts/reproduce EXPERIMENT --from DIR",
        "search, scripts/search EXPERIMENT",
        "download, scripts/download EXPERIMENT --out DIR",
        "package, scripts/package --out DIR",
        "watch-cost, scripts/watch-cost [--pairs N] EXPERIMENT",
        "check-release, scripts/check-release [--out DIR]"
    })
    void helpIsThereWithoutAnExperimentAndWithoutABuild(String script, String expected) throws Exception {
        start(Map.of(), checkout.resolve("scripts").resolve(script).toString(), "--help");

        assertThat(text(folder.resolve("out"))).contains(expected).doesNotContain("set -euo", "BASH");
        assertThat(checkout.resolve("builds")).doesNotExist();
    }

    @Test
    void listNamesExperimentsAndConfigurationsWithWhatTheyAre() throws Exception {
        Files.writeString(
                checkout.resolve("modules/thing/pom.xml"), "<project>\n  <description>A demo.</description>\n");
        Files.writeString(checkout.resolve("configs/thing/quick.yaml"), "# Soon over.\nseed: 1\n");

        start(Map.of(), checkout.resolve("scripts/run").toString(), "--list");

        assertThat(text(folder.resolve("out"))).matches("thing: A demo\\.\n  --config quick +Soon over\\.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "reproduce", "search", "download"})
    void errorsNameTheScriptThatWasCalled(String script) throws Exception {
        Process process = new ProcessBuilder(
                        checkout.resolve("scripts").resolve(script).toString(), "nothing")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();

        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(text(folder.resolve("out")))
                .isEqualTo("scripts/%s: nothing: no such experiment, expected one of: thing.\n".formatted(script));
    }

    @Test
    void namesOfFilesMayHaveAnyLettersInTheLocaleC() throws Exception {
        // This process may not be able to write such names itself.
        String script = "mkdir -p $'h\\xc3\\xb6he' && cd $'h\\xc3\\xb6he' && \"$0\" thing --out $'l\\xc3\\xa4nge' >&2"
                + " && [ -f $'l\\xc3\\xa4nge/made' ] && echo made=yes";
        for (Map<String, String> locale : List.of(Map.of("LC_ALL", "C"), Map.of("LC_ALL", "", "LC_CTYPE", "POSIX"))) {
            assertThat(start(
                            locale,
                            "bash",
                            "-c",
                            script,
                            checkout.resolve("scripts/run").toString()))
                    .containsEntry("made", "yes");
        }
    }

    @Test
    void localeInUtf8StaysTheUsers() throws Exception {
        Map<String, String> seen = start(
                Map.of("LC_ALL", "C.UTF-8", "LANG", "de_DE.UTF-8"),
                checkout.resolve("scripts/run").toString(),
                "thing");
        assertThat(seen).containsEntry("LC_ALL", "C.UTF-8").containsEntry("LANG", "de_DE.UTF-8");
    }

    @Test
    void numbersOfThreadsInTheEnvironmentDoNotReachTheProgram() throws Exception {
        Map<String, String> seen = start(
                Map.of(
                        "OMP_NUM_THREADS", "0",
                        "OMP_THREAD_LIMIT", "1",
                        "OMP_WAIT_POLICY", "active",
                        "OPENBLAS_NUM_THREADS", "4,3,2",
                        "MKL_NUM_THREADS", "-1",
                        "GOTO_NUM_THREADS", " 2",
                        "COMPUTE", "yes"),
                checkout.resolve("scripts/run").toString(),
                "thing");
        assertThat(seen)
                .containsEntry("OMP_WAIT_POLICY", "active")
                .containsEntry("COMPUTE", "yes")
                .doesNotContainKeys(
                        "OMP_NUM_THREADS",
                        "OMP_THREAD_LIMIT",
                        "OPENBLAS_NUM_THREADS",
                        "MKL_NUM_THREADS",
                        "GOTO_NUM_THREADS");
    }
}
