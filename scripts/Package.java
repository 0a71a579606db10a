import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the folder that scripts/package is for, on any platform. Started by Launch.java, which says in properties which
 * experiments there are, as module=class, and their options of java.
 */
public final class Package {
    /** What the libraries may ask for beside Java SE: ND4J sun.misc.Unsafe and file systems in jars, the kernels the Vector API. */
    private static final String MODULES =
            "java.se,jdk.unsupported,jdk.incubator.vector,jdk.zipfs,jdk.management,jdk.random,jdk.crypto.ec";

    private static final String SHELL = """
        #!/bin/sh
        # Runs an experiment of Plastic4j: plastic4j EXPERIMENT [options]. Made by scripts/package.
        here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
        export OMP_WAIT_POLICY="${OMP_WAIT_POLICY-passive}"
        # JAVA_OPTS is meant to be split into words.
        # shellcheck disable=SC2086
        exec "$here/runtime/bin/java" "@$here/lib/options" ${JAVA_OPTS-} -cp "$here/lib/*" org.plastic4j.cli.Packaged "$@"
        """;
    private static final String WINDOWS = """
        @echo off
        rem Runs an experiment of Plastic4j: plastic4j EXPERIMENT [options]. Made by scripts\\package.
        setlocal
        if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=passive"
        "%~dp0runtime\\bin\\java" "@%~dp0lib\\options" %JAVA_OPTS% -cp "%~dp0lib\\*" org.plastic4j.cli.Packaged %*
        exit /b %errorlevel%
        """.replace("\n", "\r\n");

    private static final boolean ON_WINDOWS = File.separatorChar == '\\';

    private Package() {}

    /**
     * Makes it.
     *
     * @param arguments {@code --out DIR}
     * @throws Exception if files cannot be read or written
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2 || !arguments[0].equals("--out")) {
            reject("expected --out DIR, the folder to make.");
        }
        Path out = Path.of(arguments[1]).toAbsolutePath();
        if (Files.exists(out) && !isEmptyFolder(out)) {
            reject("--out " + arguments[1] + ": expected a new or an empty folder, found files in it.");
        }
        Path jdk = Path.of(System.getProperty("java.home"));
        if (!Files.isDirectory(jdk.resolve("jmods"))) {
            reject(jdk + " has no jmods, of which jlink makes a runtime: install a whole JDK 17 or later, or set JAVA_HOME.");
        }
        Path root = Path.of(System.getProperty("plastic4j.project"));
        Path lib = Files.createDirectories(out.resolve("lib"));
        libraries(root, lib);
        execute(
                root,
                jdk.resolve("bin/jlink").toString(),
                "--add-modules",
                MODULES,
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--compress=2",
                "--output",
                out.resolve("runtime").toString());
        Files.copy(root.resolve("LICENSE"), out.resolve("LICENSE"));
        Files.write(lib.resolve("options"), options(root));
        if (ON_WINDOWS) {
            Files.writeString(out.resolve("plastic4j.cmd"), WINDOWS);
        } else {
            Path launcher = Files.writeString(out.resolve("plastic4j"), SHELL);
            if (!launcher.toFile().setExecutable(true, false)) {
                throw new IOException(launcher + " cannot be made executable");
            }
        }
        System.out.printf("%s: %d MB%n", arguments[1], bytes(out) / 1_000_000);
    }

    private static void reject(String problem) {
        System.err.println("scripts/package: " + problem);
        System.exit(2);
    }

    private static boolean isEmptyFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static List<String> options(Path root) throws IOException {
        List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC"));
        for (String option : System.getProperty("plastic4j.options").split(" ")) {
            options.addAll(
                    option.equals("vector") ? Files.readAllLines(root.resolve("scripts/vector.options")) : List.of(option));
        }
        options.add("-Dplastic4j.experiments=" + System.getProperty("plastic4j.experiments"));
        return options;
    }

    /** Every experiment's jar, and what it needs to run. */
    private static void libraries(Path root, Path lib) throws IOException, InterruptedException {
        List<Path> modules = Arrays.stream(System.getProperty("plastic4j.experiments").split(","))
                .map(experiment -> Path.of("modules", experiment.replaceFirst("=.*", "")))
                .toList();
        String list = String.join(",", modules.stream().map(module -> module.toString().replace('\\', '/')).toList());
        execute(
                root,
                root.resolve(ON_WINDOWS ? "mvnw.cmd" : "mvnw").toString(),
                "-q",
                "-B",
                "-pl",
                list,
                "-am",
                "-DskipTests",
                "-Dspotless.check.skip",
                "package",
                "dependency:build-classpath",
                "-DincludeScope=runtime",
                "-DexcludeTypes=pom",
                "-Dmdep.outputFile=target/package.classpath");
        for (Path module : modules) {
            Path target = root.resolve(module).resolve("target");
            List<Path> jars = new ArrayList<>();
            for (String jar : Files.readString(target.resolve("package.classpath")).strip().split(File.pathSeparator)) {
                jars.add(Path.of(jar));
            }
            String own = "plastic-" + module.getFileName() + "-\\d.*(?<!-sources|-javadoc)\\.jar";
            try (Stream<Path> files = Files.list(target)) {
                files.filter(file -> file.getFileName().toString().matches(own)).forEach(jars::add);
            }
            for (Path jar : jars) {
                Files.copy(jar, lib.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void execute(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        int code = process.waitFor();
        if (code != 0) {
            System.exit(code);
        }
    }

    private static long bytes(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
            }
        }
        return bytes;
    }
}
