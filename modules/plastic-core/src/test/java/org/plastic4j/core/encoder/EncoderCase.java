package org.plastic4j.core.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.convolution.ConvolutionLayer;
import org.plastic4j.core.convolution.ConvolutionParameters;
import org.plastic4j.core.convolution.ConvolutionStack;

/**
 * Pictures and parameters of a stack, and a random cotangent: the objective is {@code sum(y * cotangent)}.
 *
 * @param arrays "x", those of {@link ConvolutionParameters#draw}, and "cotangent", all in double
 */
record EncoderCase(ConvolutionStack stack, Map<String, INDArray> arrays) {

    static EncoderCase random(ConvolutionStack stack, int pictures, long seed) {
        Random random = new Random(seed);
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        arrays.put("x", normal(random, stack.shapes().get(0).of(pictures)));
        arrays.putAll(ConvolutionParameters.draw(stack, DataType.DOUBLE, seed));
        arrays.put("cotangent", normal(random, stack.output().of(pictures)));
        return new EncoderCase(stack, arrays);
    }

    /** Layers of kernel, stride and filters each, as in "3 2 64, 3 2 64". */
    static ConvolutionStack stack(int height, int width, int channels, String layers) {
        List<ConvolutionLayer> all = Arrays.stream(layers.split(", "))
                .map(layer -> layer.split(" "))
                .map(sizes -> new ConvolutionLayer(
                        Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), Integer.parseInt(sizes[2])))
                .toList();
        return new ConvolutionStack(height, width, channels, all);
    }

    static INDArray normal(Random random, long... shape) {
        double[] values = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        Arrays.setAll(values, i -> random.nextGaussian());
        return Nd4j.createFromArray(values).reshape('c', shape);
    }

    /** Everything that has a gradient. */
    List<String> inputs() {
        List<String> names = new ArrayList<>(arrays.keySet());
        names.remove("cotangent");
        return names;
    }

    EncoderCase with(String name, INDArray array) {
        Map<String, INDArray> changed = new LinkedHashMap<>(arrays);
        changed.put(name, array);
        return new EncoderCase(stack, changed);
    }

    SameDiff graph(Encoder encoder, DataType type) {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.var("x", arrays.get("x").castTo(type));
        Map<String, INDArray> values = new LinkedHashMap<>();
        inputs().forEach(name -> values.put(name, arrays.get(name).castTo(type)));
        ConvolutionParameters parameters = ConvolutionParameters.create(graph, stack, values);
        SDVariable cotangent =
                graph.constant("cotangent", arrays.get("cotangent").castTo(type));
        encoder.encode(graph, "y", stack, parameters, x)
                .mul(cotangent)
                .sum()
                .rename("objective")
                .markAsLoss();
        return graph;
    }

    /** The output "y", and gradients "grad_NAME" of all inputs. */
    Map<String, INDArray> run(Encoder encoder, DataType type) {
        var all = graph(encoder, type).calculateGradientsAndOutputs(Map.of(), List.of("y"), inputs());
        Map<String, INDArray> results = new LinkedHashMap<>(all.getOutputs());
        all.getGradients().forEach((name, array) -> results.put("grad_" + name, array));
        return results;
    }
}
