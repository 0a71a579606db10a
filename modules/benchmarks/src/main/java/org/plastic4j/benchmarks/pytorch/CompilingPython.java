package org.plastic4j.benchmarks.pytorch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.UserError;

/**
 * A Python whose PyTorch compiles, {@code torch.compile}.
 *
 * @param executable its path, or its name among the programs
 * @param versions of PyTorch and Python
 */
public record CompilingPython(String executable, String versions) {
    private static final String SCRIPT = "compiled_lifetime.py";

    /**
     * Lets it compile a small function.
     *
     * @param executable the path of a Python, or its name among the programs
     * @return that Python
     * @throws UserError if it does not start, has no PyTorch, or cannot compile, as without a C++ compiler
     */
    public static CompilingPython find(String executable) {
        try {
            Path folder = Files.createTempDirectory("plastic4j-python");
            try {
                return new CompilingPython(executable, check(executable, folder));
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new RunFailure("--python: no temporary folder can be made (" + e.getMessage() + ")", e);
        }
    }

    private static String check(String executable, Path folder) throws IOException {
        Process process;
        try {
            process = start(executable, folder, "check");
        } catch (IOException e) {
            throw rejected(executable, "none that starts", e.getMessage());
        }
        try (InputStream output = process.getInputStream()) {
            String versions = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() == 0) {
                return versions;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("benchmark: interrupted", e);
        }
        throw rejected(executable, "one that fails", complaint(folder));
    }

    private static UserError rejected(String executable, String found, String reason) {
        return new UserError(String.format(
                Locale.ROOT,
                "--python %s: expected a Python with PyTorch and a C++ compiler for torch.compile, found %s (%s)",
                executable,
                found,
                reason));
    }

    /**
     * Starts the script of compiled lifetimes.
     *
     * @param folder of its files: the script, what it is given and gives, what it compiled, and its complaints
     * @param argument "check", or the folder of a case
     */
    static Process start(String executable, Path folder, String argument) throws IOException {
        Path script = folder.resolve(SCRIPT);
        try (InputStream resource = CompilingPython.class.getResourceAsStream(SCRIPT)) {
            Files.write(script, resource.readAllBytes());
        }
        ProcessBuilder builder = new ProcessBuilder(List.of(executable, script.toString(), argument))
                .redirectError(complaints(folder).toFile());
        // The script sets the number of threads; a passive wait would halve PyTorch's speed.
        builder.environment().keySet().removeIf(name -> name.startsWith("OMP_") || name.startsWith("MKL_"));
        builder.environment()
                .put("TORCHINDUCTOR_CACHE_DIR", folder.resolve("cache").toString());
        return builder.start();
    }

    private static Path complaints(Path folder) {
        return folder.resolve("stderr.txt");
    }

    /** The last line that a process of this folder wrote to its standard error: of a traceback, the exception. */
    static String complaint(Path folder) throws IOException {
        List<String> lines = new String(Files.readAllBytes(complaints(folder)), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        // Hints follow an exception of the compiler.
        return lines.stream()
                .filter(line -> line.matches("(\\w+\\.)*\\w+(Error|Exception|Failed|NotFound)\\b.*"))
                .reduce((first, second) -> second)
                .or(() -> lines.stream().reduce((first, second) -> second))
                .orElse("no output")
                .strip();
    }

    static void delete(Path folder) {
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException | UncheckedIOException e) {
            // What stays in the folder of temporary files, the system removes.
        }
    }
}
