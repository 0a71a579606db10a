package org.plastic4j.benchmarks.nd4j;

import java.util.ArrayList;
import java.util.Collections;
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
import org.plastic4j.benchmarks.cases.EpisodeInputs;
import org.plastic4j.benchmarks.cases.EpisodeInputs.Work;
import org.plastic4j.benchmarks.cases.HostTensor;
import org.plastic4j.benchmarks.cases.Implementation;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.convolution.ConvolutionLayer;
import org.plastic4j.core.convolution.ConvolutionParameters;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.encoder.FusedEncoder;
import org.plastic4j.core.readout.FusedReadout;
import org.plastic4j.core.readout.ReadoutInputs;
import org.plastic4j.core.rule.Oja;
import org.plastic4j.training.Nd4jThreads;
import org.plastic4j.training.optimizer.AdamOptimizer;
import org.plastic4j.training.optimizer.AdamSettings;

/** Omniglot's episodes with the fused encoder and the fused readout. */
public final class Plastic4jEpisodes implements Implementation {
    private static final double LEARNING_RATE = 1e-5;
    private static final double LEAST = 1e-12;

    private final EpisodeInputs inputs;
    private final Work work;
    private final SameDiff graph = SameDiff.create();
    private final Map<String, INDArray> placeholders = new LinkedHashMap<>();
    private final Map<String, INDArray> parameters = new LinkedHashMap<>();
    private final AdamOptimizer optimizer;

    /**
     * @param inputs what to compute on
     * @param work what to compute
     */
    public Plastic4jEpisodes(EpisodeInputs inputs, Work work) {
        this.inputs = inputs;
        this.work = work;
        Map<String, INDArray> initial = new HashMap<>();
        inputs.tensors().forEach((name, tensor) -> {
            INDArray array = Nd4j.createFromArray(tensor.values().clone()).reshape('c', tensor.shape());
            (EpisodeInputs.isTrained(work, name) ? initial : placeholders).put(name, array);
        });
        int pictures = EpisodeInputs.STEPS * inputs.batch();
        int implementation = EpisodeInputs.SIDE;
        ConvolutionStack stack = new ConvolutionStack(
                implementation,
                implementation,
                1,
                Collections.nCopies(
                        EpisodeInputs.LAYERS,
                        new ConvolutionLayer(EpisodeInputs.KERNEL, EpisodeInputs.STRIDE, EpisodeInputs.FILTERS)));
        SDVariable x = placeholder("pictures").reshape(pictures, implementation, implementation, 1);
        SDVariable features = new FusedEncoder()
                .encode(graph, "embedding", stack, ConvolutionParameters.create(graph, stack, initial), x)
                .reshape(EpisodeInputs.STEPS, inputs.batch(), EpisodeInputs.FILTERS)
                .rename("output");
        if (work == Work.EMBEDDING) {
            features.mul(placeholder("cotangent")).sum().rename("objective").markAsLoss();
        } else {
            answers(features, initial);
        }
        graph.variables().stream()
                .map(SDVariable::name)
                .filter(initial::containsKey)
                .forEach(name -> parameters.put(name, graph.getVariable(name).getArr()));
        placeholders.keySet().removeIf(name -> !graph.hasVariable(name));
        optimizer = new AdamOptimizer(AdamSettings.of(LEARNING_RATE), inputs.batch(), parameters);
    }

    private void answers(SDVariable features, Map<String, INDArray> initial) {
        int batch = inputs.batch();
        int ways = EpisodeInputs.WAYS;
        PlasticReadout readout = new PlasticReadout(EpisodeInputs.FILTERS, ways, Alpha.PER_CONNECTION, new Oja());
        SDVariable y = new FusedReadout()
                .build(
                        graph,
                        "episode",
                        readout,
                        PlasticParameters.create(graph, readout, initial),
                        ReadoutInputs.of(features, placeholder("drive")))
                .y();
        SDVariable answer = graph.slice(y, new int[] {EpisodeInputs.STEPS - 1, 0, 0}, 1, batch, ways)
                .reshape(batch, ways)
                .rename("answer");
        SDVariable asked = placeholder("asked");
        SDVariable right = asked.mul(graph.math().log(answer.add(LEAST)));
        SDVariable wrong = asked.rsub(1).mul(graph.math().log(answer.rsub(1).add(LEAST)));
        right.add(wrong).mean().neg().rename("objective").markAsLoss();
    }

    private SDVariable placeholder(String tensor) {
        return graph.placeHolder(
                tensor, DataType.FLOAT, placeholders.get(tensor).shape());
    }

    @Override
    public String name() {
        return "Plastic4j";
    }

    @Override
    public int lifetimes() {
        return inputs.batch();
    }

    @Override
    public void run() {
        Nd4jThreads.set(1);
        Map<String, INDArray> gradients = graph.calculateGradients(placeholders, parameters.keySet());
        if (work == Work.TRAINING) {
            optimizer.update(gradients);
        }
        gradients.values().forEach(INDArray::close);
    }

    @Override
    public Map<String, HostTensor> results() {
        String output = work == Work.EMBEDDING ? "output" : "answer";
        OutAndGrad all = graph.calculateGradientsAndOutputs(placeholders, List.of(output), parameters.keySet());
        Map<String, HostTensor> results = new LinkedHashMap<>();
        results.put(output, take(all.getOutputs().get(output)));
        all.getGradients().forEach((name, gradient) -> results.put("grad_" + name, take(gradient)));
        return results;
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
