package org.plastic4j.binarypatterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts where bash is, and tools that are not GNU's: Busybox stands for all such systems. */
@EnabledIf(value = "hasBusybox", disabledReason = "no /bin/busybox")
class PosixScriptsTest extends ScriptsCase {
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private Map<String, String> only;

    static boolean hasBusybox() {
        return Files.isExecutable(BUSYBOX);
    }

    @BeforeEach
    void takeTheOtherToolsAway() throws Exception {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        start(Map.of(), BUSYBOX.toString(), "--install", "-s", tools.toString());
        // Some builds of Busybox come without the last one, which POSIX has.
        for (String tool : List.of("bash", "cksum")) {
            Path link = tools.resolve(tool);
            if (Files.notExists(link)) {
                Files.createSymbolicLink(link, Path.of("/usr/bin", tool));
            }
        }
        only = Map.of("PATH", tools.toString());
        Path run = Files.createDirectories(folder.resolve("runs/one"));
        Files.writeString(run.resolve("run.json"), "{\n  \"experiment\" : \"thing\"\n}\n");
    }

    private Map<String, String> call(Map<String, String> environment, String command) throws Exception {
        return start(
                environment,
                Stream.concat(
                                Stream.of(checkout.resolve("scripts").toString() + "/" + command.split(" ")[0]),
                                Stream.of(command.split(" ")).skip(1))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run thing --one",
                "run thing --spark local",
                "eval --run runs/one --split test",
                "report runs/one",
                "reproduce thing --seeds 0",
                "search thing --configs a",
                "download thing --out data",
                "benchmark --quick",
                "bundle-network runs/one one",
                "compare runs/one runs/one --out both",
                "example --neurons 3",
                "playground --port 1",
                "watch runs"
            })
    void scriptsStartTheSameProgramOnToolsWithoutGnuOptions(String command) throws Exception {
        Map<String, String> expected = new TreeMap<>(call(Map.of(), command));
        Map<String, String> found = call(only, command);

        assertThat(found).isEqualTo(expected).containsKey("given");
        assertThat(builds(checkout))
                .as("one build, which the other tools recognise")
                .isEqualTo(command.contains("spark") ? 2 : 1);
        // And that builds too.
        Files.writeString(source(), "\n" + text(source()));
        assertThat(call(only, command)).isEqualTo(expected);
        assertThat(builds(checkout)).isEqualTo(command.contains("spark") ? 4 : 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --list",
                "run --help",
                "eval --help",
                "report --help",
                "reproduce --help",
                "search --help",
                "download --help",
                "package --help"
            })
    void scriptsSayTheSameOnToolsWithoutGnuOptions(String command) throws Exception {
        call(Map.of(), command);
        String expected = text(folder.resolve("out"));
        call(only, command);

        assertThat(text(folder.resolve("out"))).isEqualTo(expected).isNotBlank();
    }

    @Test
    void busyboxesOwnShellStartsThemToo() throws Exception {
        assertThat(start(
                        only,
                        BUSYBOX.toString(),
                        "sh",
                        checkout.resolve("scripts/run").toString(),
                        "thing",
                        "two words",
                        "*"))
                .containsEntry("given", "two words|*");
    }
}
