package org.plastic4j.benchmarks.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.benchmarks.cases.BenchmarkCase;
import org.plastic4j.benchmarks.cases.BenchmarkRule;
import org.plastic4j.benchmarks.cases.CaseInputs;
import org.plastic4j.benchmarks.cases.HostTensor;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.UserError;

/** The conversation with a Python, with shell scripts in its place. */
@DisabledOnOs(OS.WINDOWS)
class CompiledImplementationTest {
    private static final BenchmarkCase CASE =
            new BenchmarkCase("small", BenchmarkRule.STPN, 3, 2, 5, false, 2, BenchmarkCase.Unrolled.NO, "");
    private static final CaseInputs INPUTS = CaseInputs.draw(CASE, 7);

    @TempDir
    private Path folder;

    private String python(String... lines) throws IOException {
        Path script = folder.resolve("python");
        Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script.toString();
    }

    private CompiledImplementation start(String... lines) throws IOException {
        return new CompiledImplementation(new CompilingPython(python(lines), "versions"), INPUTS, 1);
    }

    @Test
    void versionsAreWhatTheCheckSays() throws IOException {
        String python = python("[ \"$2\" = check ] && echo 'PyTorch 9.8, Python 7.6'");
        assertThat(CompilingPython.find(python)).isEqualTo(new CompilingPython(python, "PyTorch 9.8, Python 7.6"));
    }

    @Test
    void aPythonWithoutPyTorchIsRejectedInOneSentenceWithItsException() throws IOException {
        String python = python(
                "echo 'Traceback (most recent call last):' >&2",
                "echo \"ModuleNotFoundError: No module named 'torch'\" >&2",
                "exit 1");
        assertThatThrownBy(() -> CompilingPython.find(python))
                .isInstanceOf(UserError.class)
                .hasMessage("--python " + python + ": expected a Python with PyTorch and a C++ compiler for"
                        + " torch.compile, found one that fails (ModuleNotFoundError: No module named 'torch')");
    }

    @Test
    void theTimeIsThatOfTheProcess() throws IOException {
        try (CompiledImplementation compiled = start("while read -r request; do echo 12.5; done")) {
            assertThat(compiled.lifetimes()).isEqualTo(2);
            assertThat(compiled.time(() -> {
                        throw new AssertionError("no clock is needed");
                    }))
                    .isEqualTo(12_500_000);
        }
    }

    /** Parts of 2, 2 and 1 lifetimes; every part's results are the floats of its inputs, which are as many. */
    @Test
    void outputsOfPartsStandSideBySideAndGradientsAddUp() throws IOException {
        try (CompiledImplementation compiled = start(
                "cd \"$2\"",
                "while read -r request from to; do",
                "  head -c $(((to - from) * 2 * 3 * 4)) u.f32 >out-y.f32",
                "  head -c $(((to - from) * 3 * 3 * 4)) hebb_cot.f32 >out-hebb.f32",
                "  for name in w alpha lam gam; do cp $name.f32 out-grad_$name.f32; done",
                "  echo done",
                "done")) {
            Map<String, HostTensor> results = compiled.results();
            assertThat(results).containsOnlyKeys("y", "hebb", "grad_w", "grad_alpha", "grad_lam", "grad_gam");
            assertThat(results.get("y").shape()).containsExactly(2, 5, 3);
            float[] traces = INPUTS.tensors().get("hebb_cot").values();
            assertThat(Arrays.copyOf(results.get("hebb").values(), 18)).containsExactly(Arrays.copyOf(traces, 18));
            assertThat(Arrays.copyOfRange(results.get("hebb").values(), 36, 45))
                    .containsExactly(Arrays.copyOf(traces, 9));
            float[] w = INPUTS.tensors().get("w").values();
            for (int i = 0; i < w.length; i++) {
                assertThat(results.get("grad_w").values()[i]).isEqualTo(w[i] + w[i] + w[i]);
            }
        }
    }

    @Test
    void aProcessThatEndsInTheMiddleFailsWithItsException() throws IOException {
        try (CompiledImplementation compiled =
                start("read -r request", "echo 'RuntimeError: out of memory' >&2", "echo 'a hint' >&2", "exit 1")) {
            assertThatThrownBy(compiled::run)
                    .isInstanceOf(RunFailure.class)
                    .hasMessage("PyTorch's compiled step of small: expected an answer, found the end of the process:"
                            + " RuntimeError: out of memory");
        }
    }

    @Test
    void anAnswerThatIsNoFigureFails() throws IOException {
        try (CompiledImplementation compiled = start("read -r request", "echo a warning", "cat")) {
            assertThatThrownBy(compiled::run)
                    .isInstanceOf(RunFailure.class)
                    .hasMessage("PyTorch's compiled step of small: expected milliseconds, found a warning");
        }
    }
}
