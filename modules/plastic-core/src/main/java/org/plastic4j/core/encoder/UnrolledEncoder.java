package org.plastic4j.core.encoder;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.plastic4j.core.convolution.ConvolutionParameters;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.graph.GraphVariables;
import org.plastic4j.core.graph.PooledSession;
import org.plastic4j.core.spec.ConvolutionSpec;

/**
 * The definition: SameDiff's own convolution and tanh, for any floating type and any backend, differentiated by SameDiff
 * itself. On the CPU it takes many times as long as {@link FusedEncoder}.
 */
public record UnrolledEncoder() implements Encoder {

    @Override
    public SDVariable encode(
            SameDiff graph,
            String name,
            ConvolutionStack stack,
            ConvolutionParameters parameters,
            SDVariable pictures) {
        new ConvolutionSpec(stack).variables("UnrolledEncoder \"" + name + "\"", parameters, pictures);
        String scoped = GraphVariables.name(graph, "UnrolledEncoder", name, "");
        PooledSession.installFor(graph);
        SDVariable y = pictures;
        for (int l = 0; l < stack.layers().size(); l++) {
            int kernel = stack.layers().get(l).kernel();
            int stride = stack.layers().get(l).stride();
            Conv2DConfig config = Conv2DConfig.builder()
                    .kH(kernel)
                    .kW(kernel)
                    .sH(stride)
                    .sW(stride)
                    .pH(0)
                    .pW(0)
                    .dH(1)
                    .dW(1)
                    .paddingMode(PaddingMode.VALID)
                    .dataFormat(Conv2DConfig.NHWC)
                    .weightsFormat(WeightsFormat.YXIO)
                    .build();
            SDVariable sum = graph.cnn()
                    .conv2d(y, parameters.weights().get(l), parameters.biases().get(l), config);
            y = graph.math().tanh(sum);
        }
        return y.rename(scoped);
    }
}
