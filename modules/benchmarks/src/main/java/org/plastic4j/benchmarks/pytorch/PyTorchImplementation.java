package org.plastic4j.benchmarks.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.plastic4j.benchmarks.cases.BenchmarkCase;
import org.plastic4j.benchmarks.cases.CaseInputs;
import org.plastic4j.benchmarks.cases.HostTensor;
import org.plastic4j.benchmarks.cases.Implementation;

/** A case in PyTorch, as many lifetimes at a time as fit. */
public final class PyTorchImplementation implements Implementation {
    private final CaseInputs inputs;
    private final int batch;
    private final PyTorchLifetime lifetime;
    private final Set<String> leaves;
    private final NDManager manager = PyTorch.manager();
    private final Map<String, NDArray> resident;

    /**
     * @param inputs what to compute on; the case says how many lifetimes at a time
     * @throws IllegalArgumentException if not even one fits
     */
    public PyTorchImplementation(CaseInputs inputs) {
        BenchmarkCase benchmarkCase = inputs.benchmarkCase();
        if (benchmarkCase.pytorchBatch() == 0) {
            throw new IllegalArgumentException(benchmarkCase.name() + ": expected a case that fits for PyTorch.");
        }
        this.inputs = inputs;
        this.batch = benchmarkCase.pytorchBatch();
        this.lifetime = new PyTorchLifetime(benchmarkCase.rule(), BenchmarkCase.BOUND);
        // DJL gives a gradient of zeros for what does not act; the library has none.
        this.leaves = Set.copyOf(benchmarkCase.rule().differentiated());
        this.resident = load(manager, inputs.lifetimes(0, batch));
    }

    private static Map<String, NDArray> load(NDManager manager, Map<String, HostTensor> tensors) {
        Map<String, NDArray> loaded = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> loaded.put(name, manager.create(tensor.values(), new Shape(tensor.shape()))));
        return loaded;
    }

    @Override
    public String name() {
        return "PyTorch";
    }

    @Override
    public int lifetimes() {
        return batch;
    }

    @Override
    public void run() {
        PyTorchGradient.compute(lifetime, resident, leaves, (name, array) -> {});
    }

    @Override
    public Map<String, HostTensor> results() {
        int total = inputs.benchmarkCase().batch();
        BatchResults results = new BatchResults(total);
        for (int from = 0; from < total; from += batch) {
            int first = from;
            int to = Math.min(total, from + batch);
            try (NDManager part = manager.newSubManager()) {
                PyTorchGradient.compute(lifetime, load(part, inputs.lifetimes(from, to)), leaves, (name, array) -> {
                    if (array != null) {
                        results.add(name, new HostTensor(array.getShape().getShape(), array.toFloatArray()), first);
                    }
                });
            }
        }
        return results.all();
    }

    @Override
    public void close() {
        manager.close();
    }
}
