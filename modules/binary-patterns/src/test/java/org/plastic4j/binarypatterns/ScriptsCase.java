package org.plastic4j.binarypatterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The project's own scripts in a small checkout around a module that says how it was started. Its mvnw brings that module's
 * classes and keeps count.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("slow")
abstract class ScriptsCase {
    private static final String MAIN = """
        package demo;

        import java.lang.management.ManagementFactory;
        import java.nio.file.Files;
        import java.nio.file.Path;

        public final class Main {
            public static void main(String[] arguments) throws Exception {
                System.out.println("classes=" + Main.class.getProtectionDomain().getCodeSource().getLocation());
                System.out.println("collector=" + ManagementFactory.getGarbageCollectorMXBeans().get(0).getName());
                System.out.println("options=" + ManagementFactory.getRuntimeMXBean().getInputArguments());
                System.out.println("given=" + String.join("|", arguments));
                System.out.println("arguments=" + arguments.length);
                System.out.println("path=" + System.getProperty("java.class.path"));
                System.out.println("runs=" + System.getProperty("plastic4j.classpath"));
                System.getenv().forEach((name, value) -> {
                    if (name.matches("(OMP|OPENBLAS|MKL|GOTO|LC)_.*|LANG|COMPUTE")) {
                        System.out.println(name + "=" + value);
                    }
                });
                if (arguments.length == 2 && arguments[0].equals("--out")) {
                    Files.writeString(Files.createDirectories(Path.of(arguments[1])).resolve("made"), "");
                }
                if (arguments.length == 2 && arguments[0].equals("--exit")) {
                    System.exit(Integer.parseInt(arguments[1]));
                }
            }
        }
        """;
    private static final String MVNW = """
        #!/usr/bin/env bash
        set -e
        echo build >>builds
        "$JAVA_HOME/bin/javac" -d modules/thing/target/classes modules/thing/src/main/java/demo/Main.java
        mkdir -p "$4/target/classes"
        printf '%s\\n' "$PWD/configs" >"$4/target/scripts.classpath"
        """;

    @TempDir
    private static Path compiled;

    @TempDir
    Path folder;

    Path checkout;

    @BeforeAll
    static void compile() throws IOException {
        Path main = Files.writeString(compiled.resolve("Main.java"), MAIN);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", compiled.resolve("classes").toString(), main.toString()))
                .isZero();
    }

    @BeforeEach
    void makeACheckout() throws IOException {
        // The scripts do not name folders by links to them.
        checkout = folder.toRealPath().resolve("checkout");
        copy(Path.of("../../scripts"), checkout.resolve("scripts"));
        Files.createDirectories(checkout.resolve("configs/thing"));
        Files.createDirectories(checkout.resolve(".mvn"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Files.createDirectories(source().getParent());
        Files.writeString(source(), MAIN);
        Files.writeString(checkout.resolve("modules/thing/pom.xml"), "<project/>");
        // Programs of all modules are this one.
        Path programs = checkout.resolve("scripts/programs");
        Files.writeString(programs, text(programs).replaceAll("(?m)^([a-z-]+) +\\S+ +\\S+", "$1 thing demo.Main"));
        Path mvnw = checkout.resolve("mvnw");
        Files.writeString(mvnw, MVNW.formatted(compiled.resolve("classes")));
        assertThat(mvnw.toFile().setExecutable(true)).isTrue();
    }

    Path source() {
        return checkout.resolve("modules/thing/src/main/java/demo/Main.java");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** What a command printed, NAME=VALUE by NAME; it ended with 0. */
    final Map<String, String> start(Map<String, String> environment, String... command) throws Exception {
        assertThat(execute(environment, command))
                .as(text(folder.resolve("err")))
                .isZero();
        Map<String, String> lines = new TreeMap<>();
        text(folder.resolve("out")).lines().filter(line -> line.contains("=")).forEach(line -> {
            String[] parts = line.split("=", 2);
            lines.put(parts[0], parts[1]);
        });
        return lines;
    }

    /** The exit code of a command, which writes into the folder's files out and err. */
    final int execute(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> all = builder.environment();
        all.keySet().removeAll(List.of("JAVA_OPTS", "JDK_JAVA_OPTIONS", "MAVEN_ARGS"));
        all.put("JAVA_HOME", System.getProperty("java.home"));
        all.putAll(environment);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended in time").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return process.exitValue();
    }

    static String text(Path file) throws IOException {
        // Whatever the platform's encoding.
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    final Map<String, String> run(Path root) throws Exception {
        return start(Map.of(), root.resolve("scripts/run").toString(), "thing");
    }

    final long builds(Path root) throws IOException {
        return text(root.resolve("builds")).lines().count();
    }
}
