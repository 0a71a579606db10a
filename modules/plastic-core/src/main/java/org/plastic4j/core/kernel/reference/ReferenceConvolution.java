package org.plastic4j.core.kernel.reference;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.kernel.ConvolutionKernel;
import org.plastic4j.core.kernel.ConvolutionTensors;
import org.plastic4j.core.kernel.HostArrays;

/** Stacks of convolutions in plain loops, in double for floats too, for any type and any JVM; one thread. */
public final class ReferenceConvolution implements ConvolutionKernel {

    @Override
    public void forward(ConvolutionTensors in, INDArray output) {
        double[][] outputs = outputs(in);
        HostArrays.write(outputs[outputs.length - 1], output);
    }

    /** x, y(1) .. y(L). */
    private static double[][] outputs(ConvolutionTensors in) {
        double[][] outputs = new double[in.weights().size() + 1][];
        outputs[0] = HostArrays.doubles(in.x());
        for (int l = 1; l < outputs.length; l++) {
            outputs[l] = layer(in, l - 1, outputs[l - 1]);
        }
        return outputs;
    }

    private static double[] layer(ConvolutionTensors in, int l, double[] x) {
        double[] w = HostArrays.doubles(in.weights().get(l));
        double[] bias = HostArrays.doubles(in.biases().get(l));
        int filters = bias.length;
        double[] y = new double[in.pictures() * in.stack().shapes().get(l + 1).length()];
        for (int at = 0; at < y.length; at += filters) {
            System.arraycopy(bias, 0, y, at, filters);
        }
        forEachProduct(in, l, (from, to, row) -> {
            for (int o = 0; o < filters; o++) {
                y[to + o] += x[from] * w[row + o];
            }
        });
        for (int k = 0; k < y.length; k++) {
            y[k] = Math.tanh(y[k]);
        }
        return y;
    }

    /** A value of the input, the first channel of the output's pixel, and the first of the weights between them. */
    private interface Product {
        void of(int from, int to, int row);
    }

    private static void forEachProduct(ConvolutionTensors in, int l, Product product) {
        ConvolutionStack.Shape before = in.stack().shapes().get(l);
        ConvolutionStack.Shape after = in.stack().shapes().get(l + 1);
        int kernel = in.stack().layers().get(l).kernel();
        int stride = in.stack().layers().get(l).stride();
        for (int b = 0; b < in.pictures(); b++) {
            for (int pixel = 0; pixel < after.pixels(); pixel++) {
                int to = (b * after.pixels() + pixel) * after.channels();
                int top = pixel / after.width() * stride;
                int left = pixel % after.width() * stride;
                int row = 0;
                for (int u = 0; u < kernel; u++) {
                    int from = ((b * before.height() + top + u) * before.width() + left) * before.channels();
                    for (int k = 0; k < kernel * before.channels(); k++, row += after.channels()) {
                        product.of(from + k, to, row);
                    }
                }
            }
        }
    }

    @Override
    public void parameterGradients(ConvolutionTensors in, INDArray gradient, List<INDArray> gradients) {
        back(in, gradient, gradients);
    }

    @Override
    public void inputGradient(ConvolutionTensors in, INDArray gradient, INDArray inputGradient) {
        HostArrays.write(back(in, gradient, List.of()), inputGradient);
    }

    /** The gradient of x; those of the parameters too, where there are arrays for them. */
    private static double[] back(ConvolutionTensors in, INDArray gradient, List<INDArray> gradients) {
        double[][] outputs = outputs(in);
        double[] g = HostArrays.doubles(gradient);
        for (int l = outputs.length - 2; l >= 0; l--) {
            double[] y = outputs[l + 1];
            for (int k = 0; k < g.length; k++) {
                g[k] *= 1 - y[k] * y[k];
            }
            double[] x = outputs[l];
            if (!gradients.isEmpty()) {
                parameters(in, l, x, g, gradients);
            }
            g = throughWeights(in, l, x.length, g);
        }
        return g;
    }

    private static void parameters(ConvolutionTensors in, int l, double[] x, double[] g, List<INDArray> gradients) {
        int filters = in.stack().layers().get(l).filters();
        double[] weights = new double[Math.toIntExact(in.weights().get(l).length())];
        double[] bias = new double[filters];
        forEachProduct(in, l, (from, to, row) -> {
            for (int o = 0; o < filters; o++) {
                weights[row + o] += x[from] * g[to + o];
            }
        });
        for (int k = 0; k < g.length; k++) {
            bias[k % filters] += g[k];
        }
        HostArrays.write(weights, gradients.get(2 * l));
        HostArrays.write(bias, gradients.get(2 * l + 1));
    }

    private static double[] throughWeights(ConvolutionTensors in, int l, int length, double[] g) {
        int filters = in.stack().layers().get(l).filters();
        double[] w = HostArrays.doubles(in.weights().get(l));
        double[] dx = new double[length];
        forEachProduct(in, l, (from, to, row) -> {
            double sum = 0;
            for (int o = 0; o < filters; o++) {
                sum += g[to + o] * w[row + o];
            }
            dx[from] += sum;
        });
        return dx;
    }
}
