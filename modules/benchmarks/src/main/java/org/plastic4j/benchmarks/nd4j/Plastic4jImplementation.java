package org.plastic4j.benchmarks.nd4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.benchmarks.cases.BenchmarkCase;
import org.plastic4j.benchmarks.cases.CaseInputs;
import org.plastic4j.benchmarks.cases.HostTensor;
import org.plastic4j.benchmarks.cases.Implementation;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.lifetime.LifetimeOutputs;
import org.plastic4j.core.lifetime.UnrolledLifetime;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.training.Nd4jThreads;

/** A case in a SameDiff graph, by one of this project's two executions. */
public final class Plastic4jImplementation implements Implementation {
    private static final List<String> PARAMETERS_APART = List.of("u", "clamp", "value", "y_cot", "hebb_cot");
    private static final List<String> OUTPUTS = List.of("life_y", "life_hebb");

    private final String name;
    private final BenchmarkCase benchmarkCase;
    private final boolean fused;
    private final int threads = Nd4j.getEnvironment().maxMasterThreads();
    private final SameDiff graph = SameDiff.create();
    private final Map<String, INDArray> placeholders = new LinkedHashMap<>();
    private final Map<String, INDArray> parameters = new HashMap<>();
    private final List<String> differentiated;

    private Plastic4jImplementation(String name, CaseInputs inputs, Lifetime lifetime) {
        this.name = name;
        this.fused = lifetime instanceof FusedLifetime;
        this.benchmarkCase = inputs.benchmarkCase();
        this.differentiated = benchmarkCase.rule().differentiated();
        inputs.tensors().forEach((tensor, values) -> {
            INDArray array = Nd4j.createFromArray(values.values()).reshape('c', values.shape());
            (PARAMETERS_APART.contains(tensor) ? placeholders : parameters).put(tensor, array);
        });
        build(lifetime);
    }

    /** The fused op. */
    public static Plastic4jImplementation fused(CaseInputs inputs) {
        return new Plastic4jImplementation("the fused lifetime", inputs, new FusedLifetime());
    }

    /** The definition in plain ops. */
    public static Plastic4jImplementation unrolled(CaseInputs inputs) {
        return new Plastic4jImplementation(
                "the unrolled graph",
                inputs,
                new UnrolledLifetime(inputs.benchmarkCase().steps()));
    }

    private void build(Lifetime lifetime) {
        PlasticityRule rule = Plastic4jRules.of(benchmarkCase.rule(), BenchmarkCase.BOUND);
        LifetimeInputs inputs = LifetimeInputs.driven(placeholder("u"));
        if (benchmarkCase.clamped()) {
            inputs = inputs.clamped(placeholder("clamp"), placeholder("value"));
        }
        LifetimeOutputs outputs = lifetime.build(
                graph,
                "life",
                new PlasticCell(benchmarkCase.neurons(), Alpha.PER_CONNECTION, rule),
                Plastic4jRules.parameters(graph, rule, parameters),
                inputs);
        SDVariable ofOutputs = outputs.y().mul(placeholder("y_cot")).sum();
        SDVariable ofTrace =
                outputs.hebb().orElseThrow().mul(placeholder("hebb_cot")).sum();
        ofOutputs.add(ofTrace).rename("objective").markAsLoss();
    }

    private SDVariable placeholder(String tensor) {
        return graph.placeHolder(
                tensor, DataType.FLOAT, placeholders.get(tensor).shape());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int lifetimes() {
        return benchmarkCase.batch();
    }

    @Override
    public void run() {
        setThreads();
        graph.calculateGradients(placeholders, differentiated).values().forEach(INDArray::close);
    }

    @Override
    public Map<String, HostTensor> results() {
        setThreads();
        OutAndGrad all = graph.calculateGradientsAndOutputs(placeholders, OUTPUTS, differentiated);
        Map<String, HostTensor> results = new LinkedHashMap<>();
        all.getOutputs().forEach((output, array) -> results.put(output.replace("life_", ""), take(array)));
        all.getGradients().forEach((parameter, array) -> results.put("grad_" + parameter, take(array)));
        return results;
    }

    /**
     * Around the fused lifetime, ND4J has little to do. Its threads wait for each other by spinning, which would take
     * a processor from the lifetime's own.
     */
    private void setThreads() {
        Nd4jThreads.set(fused ? 1 : threads);
    }

    private static HostTensor take(INDArray array) {
        HostTensor taken = new HostTensor(array.shape(), array.dup('c').data().asFloat());
        array.close();
        return taken;
    }

    @Override
    public void close() {
        List<INDArray> all = new ArrayList<>(placeholders.values());
        all.addAll(parameters.values());
        all.stream().filter(INDArray::closeable).forEach(INDArray::close);
    }
}
