package org.plastic4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.run.RunFacts;

/**
 * An experiment that Maven runs in its own JVM: {@code ./mvnw -q -pl modules/EXPERIMENT -am compile exec:java}. Maven gets the
 * project's own poms and what this build has compiled, in a folder apart, so that it compiles nothing.
 */
public abstract class MavenRunContract {
    private static final Path PROJECT = Path.of("../..");

    @TempDir
    private Path folder;

    private final String experiment;

    /** @param experiment the module's name */
    protected MavenRunContract(String experiment) {
        this.experiment = experiment;
    }

    @Test
    void mavenTrainsTheExperimentOfTheChosenModule() throws Exception {
        Path run = folder.resolve("run");

        String said = maven(
                "-pl",
                "modules/" + experiment,
                "-am",
                "compile",
                "exec:java",
                "-Dexec.args=--config regression --set training.maxLifetimes=8 --threads 1 --quiet --out " + run);

        assertThat(run.resolve("run.json")).as(said).isRegularFile();
        RunFacts facts = RunFacts.read(run.resolve("run.json"));
        assertThat(facts.experiment()).isEqualTo(experiment);
        assertThat(facts.finished()).as(said).isTrue();
    }

    /** What Maven and the program print, with the exit code 0. */
    protected final String maven(String... arguments) throws IOException, InterruptedException {
        Path checkout = folder.resolve("checkout");
        for (String file : List.of("pom.xml", "mvnw", "mvnw.cmd", ".mvn")) {
            copy(PROJECT.resolve(file), checkout.resolve(file));
        }
        try (Stream<Path> modules = Files.list(PROJECT.resolve("modules"))) {
            for (Path module : modules.filter(path -> Files.exists(path.resolve("pom.xml")))
                    .toList()) {
                Path to = checkout.resolve("modules").resolve(module.getFileName());
                copy(module.resolve("pom.xml"), to.resolve("pom.xml"));
                Path classes = module.resolve("target/classes");
                if (Files.isDirectory(classes)) {
                    copy(classes, to.resolve("target/classes"));
                }
            }
        }
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        List<String> command = new ArrayList<>(windows ? List.of("cmd", "/c", "mvnw.cmd") : List.of("sh", "./mvnw"));
        command.addAll(List.of("-q", "-B"));
        // Surefire says where the libraries of this build are: the other one shall not bring them once more.
        String repository = System.getProperty("localRepository");
        if (repository != null) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(checkout.toFile());
        builder.environment().keySet().removeAll(List.of("PLASTIC4J_DATA", "MAVEN_OPTS"));
        Path out = folder.resolve("out");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ended in time").isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = new String(Files.readAllBytes(out), StandardCharsets.ISO_8859_1);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
