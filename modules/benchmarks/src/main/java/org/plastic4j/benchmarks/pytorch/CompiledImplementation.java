package org.plastic4j.benchmarks.pytorch;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.plastic4j.benchmarks.cases.BenchmarkCase;
import org.plastic4j.benchmarks.cases.CaseInputs;
import org.plastic4j.benchmarks.cases.HostTensor;
import org.plastic4j.benchmarks.cases.Implementation;
import org.plastic4j.training.RunFailure;

/**
 * A case in PyTorch with a compiled step, as many lifetimes at a time as fit, in a Python of its own: a process that
 * computes at each request and waits in between. Tensors go through files of floats, little-endian.
 */
public final class CompiledImplementation implements Implementation {
    private static final String NAME = "PyTorch's compiled step";
    private static final double NANOS_PER_MILLI = 1e6;

    private final CaseInputs inputs;
    private final List<String> leaves;
    private final Path folder;
    private final Process process;
    private final BufferedReader answers;

    /**
     * Starts the process.
     *
     * @param python what computes
     * @param inputs what to compute on; the case says how many lifetimes at a time
     * @param threads how many threads an op may use
     * @throws RunFailure if the process cannot be started
     */
    public CompiledImplementation(CompilingPython python, CaseInputs inputs, int threads) {
        this.inputs = inputs;
        this.leaves = inputs.benchmarkCase().rule().differentiated();
        try {
            folder = Files.createTempDirectory("plastic4j-python");
            for (Map.Entry<String, HostTensor> entry : inputs.tensors().entrySet()) {
                write(entry.getKey(), entry.getValue());
            }
            Files.writeString(folder.resolve("case.json"), new ObjectMapper().writeValueAsString(description(threads)));
            process = CompilingPython.start(python.executable(), folder, folder.toString());
            answers = process.inputReader(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new RunFailure(NAME + ": a process cannot be started (" + e.getMessage() + ")", e);
        }
    }

    private Map<String, Object> description(int threads) {
        BenchmarkCase benchmarkCase = inputs.benchmarkCase();
        Map<String, long[]> shapes = new TreeMap<>();
        inputs.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return Map.of(
                "rule",
                benchmarkCase.rule().key(),
                "bound",
                BenchmarkCase.BOUND,
                "threads",
                threads,
                "batch",
                benchmarkCase.pytorchBatch(),
                "parameters",
                benchmarkCase.rule().parameters(),
                "leaves",
                leaves,
                "shapes",
                shapes);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int lifetimes() {
        return inputs.benchmarkCase().pytorchBatch();
    }

    @Override
    public void run() {
        millis();
    }

    /** By the clock of the process itself, so that the request takes none of its time. */
    @Override
    public long time(LongSupplier nanos) {
        return (long) (millis() * NANOS_PER_MILLI);
    }

    private double millis() {
        String answer = request("run");
        try {
            return Double.parseDouble(answer);
        } catch (NumberFormatException e) {
            throw unexpected("milliseconds", answer);
        }
    }

    @Override
    public Map<String, HostTensor> results() {
        BenchmarkCase benchmarkCase = inputs.benchmarkCase();
        BatchResults results = new BatchResults(benchmarkCase.batch());
        for (int from = 0; from < benchmarkCase.batch(); from += lifetimes()) {
            int to = Math.min(benchmarkCase.batch(), from + lifetimes());
            String answer = request(String.format(Locale.ROOT, "results %d %d", from, to));
            if (!answer.equals("done")) {
                throw unexpected("done", answer);
            }
            long n = benchmarkCase.neurons();
            results.add("y", read("y", benchmarkCase.steps(), to - from, n), from);
            results.add("hebb", read("hebb", to - from, n, n), from);
            for (String leaf : leaves) {
                String gradient = "grad_" + leaf;
                results.add(gradient, read(gradient, inputs.tensors().get(leaf).shape()), from);
            }
        }
        return results.all();
    }

    private String request(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            String answer = answers.readLine();
            if (answer != null) {
                return answer;
            }
        } catch (IOException e) {
            // The process has ended, and its complaint says more than a broken pipe.
        }
        try {
            throw unexpected("an answer", "the end of the process: " + CompilingPython.complaint(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunFailure unexpected(String expected, String found) {
        return new RunFailure(String.format(
                Locale.ROOT,
                "%s of %s: expected %s, found %s",
                NAME,
                inputs.benchmarkCase().name(),
                expected,
                found));
    }

    private void write(String name, HostTensor tensor) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(tensor.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(tensor.values());
        Files.write(folder.resolve(name + ".f32"), bytes.array());
    }

    private HostTensor read(String name, long... shape) {
        float[] values = new float[HostTensor.length(shape)];
        try {
            byte[] bytes = Files.readAllBytes(folder.resolve("out-" + name + ".f32"));
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new HostTensor(shape, values);
    }

    /** Ends the process: at the end of its requests it has nothing left to do. */
    @Override
    public void close() {
        try (answers) {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            CompilingPython.delete(folder);
        }
    }
}
