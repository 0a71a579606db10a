package org.plastic4j.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** scripts/Release.java on a copy of what it changes: that a release is as docs/releasing.md says. */
@Tag("slow")
class ReleaseTest {
    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    private String snapshot;

    @BeforeEach
    void copy() throws IOException {
        List<String> files = new ArrayList<>(List.of(
                "pom.xml",
                "CHANGELOG.md",
                "CITATION.cff",
                "docs/library.md",
                "examples/consumer/pom.xml",
                "examples/Remember.java"));
        try (Stream<Path> modules = Files.list(PROJECT.resolve("modules"))) {
            modules.filter(module -> Files.exists(module.resolve("pom.xml")))
                    .forEach(module -> files.add("modules/" + module.getFileName() + "/pom.xml"));
        }
        for (String file : files) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.copy(PROJECT.resolve(file), folder.resolve(file));
        }
        snapshot = version();
        assertThat(snapshot).endsWith("-SNAPSHOT");
    }

    private String version() throws IOException {
        return text("pom.xml").replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");
    }

    private String text(String file) throws IOException {
        return Files.readString(folder.resolve(file)).replace("\r\n", "\n");
    }

    private List<Path> naming(String version) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found = new ArrayList<>();
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (!file.endsWith("CHANGELOG.md")
                        && !file.endsWith("printed")
                        && Files.readString(file).contains(version)) {
                    found.add(folder.relativize(file));
                }
            }
            Collections.sort(found);
            return found;
        }
    }

    private int release(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                PROJECT.resolve("scripts/Release.java").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed").toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    @Test
    void releaseIsInEveryFileThatNamedItsSnapshotAndInNoOtherWay() throws Exception {
        List<Path> named = naming(snapshot);
        String before = text("CHANGELOG.md");

        assertThat(release("7.8.9", "2031-02-03")).as(text("printed")).isZero();

        assertThat(naming(snapshot)).isEmpty();
        named.forEach(file -> assertThat(folder.resolve(file)).content().contains("7.8.9"));
        assertThat(version()).isEqualTo("7.8.9");
        assertThat(text("pom.xml"))
                .contains("<project.build.outputTimestamp>2031-02-03T00:00:00Z</project.build.outputTimestamp>");
        assertThat(text("CITATION.cff")).contains("\nversion: 7.8.9\ndate-released: 2031-02-03\n");
        assertThat(text("docs/library.md")).doesNotContain("not on Maven Central");
        assertThat(text("CHANGELOG.md"))
                .isEqualTo(before.replace("## [Unreleased]\n", "## [Unreleased]\n\n## [7.8.9] - 2031-02-03\n"))
                .isNotEqualTo(before);
    }

    @Test
    void nextVersionIsComparedWithTheRelease() throws Exception {
        assertThat(release("7.8.9", "2031-02-03")).isZero();
        List<Path> users = naming("7.8.9");
        users.removeIf(file -> file.endsWith("pom.xml") && !file.startsWith("examples"));
        assertThat(release("7.9.0-SNAPSHOT")).as(text("printed")).isZero();
        // What users copy stays at the newest release.
        assertThat(naming("7.8.9")).containsAll(users).hasSize(users.size() + 1);

        assertThat(version()).isEqualTo("7.9.0-SNAPSHOT");
        assertThat(naming("7.9.0-SNAPSHOT")).hasSizeGreaterThan(20).noneMatch(users::contains);
        assertThat(text("pom.xml"))
                .contains("<api.baseline>7.8.9</api.baseline>", "<japicmp.skip>false</japicmp.skip>");
        // And again.
        assertThat(release("7.9.0", "2031-02-04")).as(text("printed")).isZero();
        assertThat(naming("7.9.0")).containsAll(users);
        assertThat(text("CITATION.cff")).contains("\nversion: 7.9.0\ndate-released: 2031-02-04\n");
        assertThat(text("CITATION.cff").split("date-released")).hasSize(2);
    }

    @Test
    void whatIsNoReleaseIsRejectedAndChangesNothing() throws Exception {
        for (String[] arguments : new String[][] {{}, {"1.0"}, {"7.8.9"}, {"7.9.0-SNAPSHOT"}, {"7.8.9", "tomorrow"}}) {
            assertThat(release(arguments)).isEqualTo(2);
            assertThat(text("printed")).startsWith("Release: expected");
        }
        Files.writeString(folder.resolve("CHANGELOG.md"), "# Changelog\n");
        assertThat(release("7.8.9", "2031-02-03")).isEqualTo(2);
        assertThat(text("printed")).startsWith("Release: CHANGELOG.md: expected");
        assertThat(version()).isEqualTo(snapshot);
        assertThat(naming("7.8.9")).isEmpty();
    }
}
