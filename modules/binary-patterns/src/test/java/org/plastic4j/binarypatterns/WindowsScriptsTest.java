package org.plastic4j.binarypatterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scripts' counterparts for Windows: each .cmd calls launch.cmd, which calls Launch.java, which is what is tested here,
 * beside the script for the shell that it stands for.
 */
class WindowsScriptsTest extends ScriptsCase {
    /** For those who work on the project, on Linux. */
    private static final Set<String> DEVELOPERS = Set.of(
            "build-cuda-kernels",
            "check-release",
            "gpu-benchmark.py",
            "gpu-bundle",
            "gpu-check",
            "gpu-page.py",
            "watch-cost");

    @BeforeEach
    void makeARun() throws IOException {
        Path run = Files.createDirectories(folder.resolve("runs/one"));
        Files.writeString(run.resolve("run.json"), "{\n  \"experiment\" : \"thing\"\n}\n");
        Files.createDirectories(folder.resolve("none"));
        Files.writeString(Files.createDirectories(folder.resolve("empty")).resolve("run.json"), "{}\n");
        Files.writeString(
                checkout.resolve("modules/thing/pom.xml"), "<project>\n  <description>A demo.</description>\n");
        Files.writeString(checkout.resolve("configs/thing/a.yaml"), "# Soon over.\n# Not that.\nseed: 1\n");
        Files.writeString(checkout.resolve("configs/thing/b.yaml"), "# Long\n# comment. More.\nseed: 1\n");
    }

    private String[] shell(String command) {
        List<String> words = new ArrayList<>(Arrays.asList(command.split(" ")));
        words.set(0, checkout.resolve("scripts").resolve(words.get(0)).toString());
        return words.toArray(String[]::new);
    }

    private String[] launch(String command) {
        return Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin/java")
                                        .toString(),
                                "-Dplastic4j.project=" + checkout.resolve("scripts/.."),
                                checkout.resolve("scripts/Launch.java").toString()),
                        Arrays.stream(command.split(" ")))
                .toArray(String[]::new);
    }

    @Test
    void everyScriptForUsersHasACounterpart() throws IOException {
        Set<String> scripts = new TreeSet<>();
        Set<String> counterparts = new TreeSet<>();
        try (Stream<Path> files = Files.list(checkout.resolve("scripts"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.endsWith(".cmd")) {
                    counterparts.add(name.replace(".cmd", ""));
                } else if (text(file).startsWith("#!") && !DEVELOPERS.contains(name)) {
                    scripts.add(name);
                }
            }
        }
        assertThat(counterparts.remove("launch")).isTrue();
        assertThat(counterparts).isEqualTo(scripts).contains("run", "package");
        for (String name : counterparts) {
            assertThat(checkout.resolve("scripts").resolve(name + ".cmd"))
                    .content()
                    .isEqualTo("@\"%%~dp0launch.cmd\" %s %%*\r\n".formatted(name));
        }
        assertThat(text(checkout.resolve("scripts/launch.cmd")))
                .contains("-Dplastic4j.project=\"%~dp0..\" \"%~dp0Launch.java\" %*\r\nexit /b %errorlevel%\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run thing --set a=b,c",
                "eval --run runs/one --split test",
                "report runs/one --open",
                "search thing --configs a",
                "benchmark --quick",
                "bundle-network runs/one one",
                "compare runs/one runs/one --out both",
                "watch runs"
            })
    void programsStartAsFromTheShell(String command) throws Exception {
        Map<String, String> environment =
                Map.of("OMP_NUM_THREADS", "3", "COMPUTE", "yes", "JAVA_OPTS", "-Xmx99m  -Dx=y");
        Map<String, String> expected = start(environment, shell(command));
        // Linux's alone.
        expected.computeIfPresent("options", (name, value) -> value.replace("-XX:+UseTransparentHugePages, ", ""));

        Map<String, String> found = start(environment, launch(command));
        assertThat(found.get("options"))
                .contains("-Xmx99m, -Dx=y", "-Dplastic4j.script=scripts/" + command.split(" ")[0]);
        assertThat(found).isEqualTo(expected).containsKeys("given", "path", "COMPUTE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "run --help",
                "run --list",
                "run nothing",
                "run ../modules/thing",
                "eval",
                "eval --help",
                "eval --split test",
                "eval --run none",
                "eval --run empty",
                "report",
                "report empty",
                "reproduce",
                "search --help",
                "search nothing",
                "download",
                "package",
                "package --help",
                "package --out runs"
            })
    void wordsAreThoseOfTheShell(String command) throws Exception {
        int expected = execute(Map.of(), shell(command));
        String out = text(folder.resolve("out"));
        String err = text(folder.resolve("err"));

        assertThat(execute(Map.of(), launch(command))).isEqualTo(expected).isIn(0, 2);
        assertThat(text(folder.resolve("out"))).isEqualTo(out);
        assertThat(text(folder.resolve("err"))).isEqualTo(err);
        assertThat(out + err).isNotBlank();
        assertThat(checkout.resolve("builds")).doesNotExist();
    }

    @Test
    void clustersAreRejected() throws Exception {
        assertThat(execute(Map.of(), launch("run thing --spark=local"))).isEqualTo(2);
        assertThat(text(folder.resolve("err"))).startsWith("scripts/run: --spark: expected");
    }

    @Test
    void exitCodeIsTheProgramsAndOneWhereTheBuildFails() throws Exception {
        assertThat(execute(Map.of(), launch("run thing --exit 7"))).isEqualTo(7);

        Files.writeString(source(), "no Java");
        assertThat(execute(Map.of(), launch("run thing"))).isEqualTo(1);
        assertThat(text(folder.resolve("err"))).contains("Main.java:1: error");
    }

    @Test
    void buildsWhereSomethingChangedOrIsGone() throws Exception {
        String[] run = launch("run thing");
        start(Map.of(), run);
        start(Map.of(), run);
        assertThat(builds(checkout)).isEqualTo(1);

        List<Path> changes = List.of(
                Files.writeString(source(), "\n" + text(source())),
                Files.writeString(checkout.resolve("modules/thing/pom.xml"), "<project></project>"),
                Files.writeString(checkout.resolve("configs/thing/new.yaml"), "seed: 2\n"));
        start(Map.of(), run);
        assertThat(builds(checkout))
                .as(changes.stream().map(Path::toString).collect(Collectors.joining()))
                .isEqualTo(2);

        Files.delete(checkout.resolve("configs/thing/new.yaml"));
        start(Map.of(), run);
        start(Map.of("MAVEN_ARGS", "-o"), run);
        assertThat(builds(checkout)).isEqualTo(4);
    }
}
