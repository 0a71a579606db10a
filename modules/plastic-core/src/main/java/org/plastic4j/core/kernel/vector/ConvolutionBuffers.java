package org.plastic4j.core.kernel.vector;

import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.kernel.ConvolutionTensors;
import org.plastic4j.core.kernel.HostArrays;

/** The fast kernel's memory for a stack of convolutions and a number of pictures, pooled from call to call. */
final class ConvolutionBuffers {
    /** How far beyond its end an input may be read, by what reads several of its elements together. */
    private static final int SLACK = 8;
    /** One set is pooled for the next call, unless memory is short or the shape changes. */
    private static final AtomicReference<SoftReference<ConvolutionBuffers>> POOLED =
            new AtomicReference<>(new SoftReference<>(null));

    final ConvolutionStack stack;
    final int pictures;
    final ConvolutionGeometry[] layers;
    /** The pictures and parameters w(1), b(1) .. w(L), b(L) as they came in. */
    final float[] x;

    private final float[][] parameters;

    /** The first layer's patches. */
    final float[] patches;
    /** Outputs, and gradients by them or by what is inside of tanh, [B, pixels, width]. */
    final float[][] y;

    final float[][] g;
    /** Weights [rows, width], their transposes [filters, paddedRows], biases [width]. */
    final float[][] w;

    final float[][] transposed;
    final float[][] bias;
    /** For each pixel, where its patch begins in the layer's input, and its row in the output. */
    final int[][] patchAt;

    final int[][] rowAt;
    /** For each partition of the pictures the gradients of weights and biases; made when first asked for. */
    private float[][][] dw;

    private float[][][] db;
    private float[] transfer = new float[0];
    /** Whether y is what the network gives for these pictures and parameters. */
    private boolean computed;

    private ConvolutionBuffers(ConvolutionStack stack, int pictures) {
        this.stack = stack;
        this.pictures = pictures;
        int count = stack.layers().size();
        layers = new ConvolutionGeometry[count];
        y = new float[count][];
        g = new float[count][];
        w = new float[count][];
        transposed = new float[count][];
        bias = new float[count][];
        parameters = new float[2 * count][];
        patchAt = new int[count][];
        rowAt = new int[count][];
        for (int l = 0; l < count; l++) {
            ConvolutionGeometry layer = new ConvolutionGeometry(stack, l);
            layers[l] = layer;
            int outputs = Math.multiplyExact(pictures, layer.pixels);
            y[l] = new float[Math.addExact(Math.multiplyExact(outputs, layer.width), SLACK)];
            g[l] = new float[y[l].length];
            w[l] = new float[Math.multiplyExact(layer.rows, layer.width)];
            transposed[l] = new float[Math.multiplyExact(layer.filters, layer.paddedRows)];
            bias[l] = new float[layer.width];
            parameters[2 * l] = new float[Math.multiplyExact(stack.fanIn(l + 1), layer.filters)];
            parameters[2 * l + 1] = new float[layer.filters];
            patchAt[l] = layer.patches(pictures);
            rowAt[l] = new int[outputs];
            for (int p = 0; p < outputs; p++) {
                rowAt[l][p] = p * layer.width;
            }
        }
        x = new float[Math.multiplyExact(pictures, stack.shapes().get(0).length())];
        patches = new float[Math.addExact(Math.multiplyExact(pictures, layers[0].inputLength), SLACK)];
    }

    /** Buffers with a call's pictures and parameters in them. */
    static ConvolutionBuffers acquire(ConvolutionTensors in) {
        ConvolutionBuffers pooled = POOLED.getAndSet(new SoftReference<>(null)).get();
        boolean fits = pooled != null && pooled.pictures == in.pictures() && pooled.stack.equals(in.stack());
        ConvolutionBuffers m = fits ? pooled : new ConvolutionBuffers(in.stack(), in.pictures());
        m.computed &= m.isRead(in.x(), m.x);
        for (int l = 0; l < m.layers.length; l++) {
            m.computed &= m.isRead(in.weights().get(l), m.parameters[2 * l]);
            m.computed &= m.isRead(in.biases().get(l), m.parameters[2 * l + 1]);
        }
        return m;
    }

    /** Reads an array; whether the same bits were there before. */
    private boolean isRead(INDArray array, float[] into) {
        float[] found = transfer(into.length);
        HostArrays.read(array, found);
        int different = Arrays.mismatch(found, 0, into.length, into, 0, into.length);
        if (different >= 0) {
            System.arraycopy(found, different, into, different, into.length - different);
        }
        return different < 0;
    }

    /** Whether the outputs of all layers are there already, from the call before this. */
    boolean isComputed() {
        return computed;
    }

    /** From now on they are there, until pictures or parameters change. */
    void setComputed() {
        computed = true;
    }

    /** Lays the parameters out. */
    void layOut() {
        for (int l = 0; l < layers.length; l++) {
            ConvolutionGeometry layer = layers[l];
            float[] dense = parameters[2 * l];
            for (int k = 0; k < dense.length / layer.filters; k++) {
                System.arraycopy(dense, k * layer.filters, w[l], row(layer, k) * layer.width, layer.filters);
            }
            System.arraycopy(parameters[2 * l + 1], 0, bias[l], 0, layer.filters);
        }
    }

    void release() {
        POOLED.set(new SoftReference<>(this));
    }

    /** What layer l sees. */
    float[] input(int l) {
        return l == 0 ? patches : y[l - 1];
    }

    /** The row of the weights as they lie here that was this one as they came in. */
    private int row(ConvolutionGeometry layer, int dense) {
        return dense / layer.channels * layer.inputWidth + dense % layer.channels;
    }

    private float[] transfer(long length) {
        if (transfer.length < length) {
            transfer = new float[Math.toIntExact(length)];
        }
        return transfer;
    }

    /** What the backward pass needs besides the outputs: the last one's gradient, and the weights' transposes. */
    void readForTheWayBack(INDArray gradient) {
        for (int l = 0; l < layers.length; l++) {
            ConvolutionGeometry layer = layers[l];
            for (int k = 0; k < layer.rows; k++) {
                for (int o = 0; o < layer.filters; o++) {
                    transposed[l][o * layer.paddedRows + k] = w[l][k * layer.width + o];
                }
            }
        }
        int last = layers.length - 1;
        ConvolutionGeometry layer = layers[last];
        float[] dense = transfer(gradient.length());
        HostArrays.read(gradient, dense);
        for (int p = 0; p < rowAt[last].length; p++) {
            System.arraycopy(dense, p * layer.filters, g[last], rowAt[last][p], layer.filters);
        }
    }

    void writeOutput(INDArray output) {
        int last = layers.length - 1;
        ConvolutionGeometry layer = layers[last];
        float[] dense = transfer(output.length());
        for (int p = 0; p < rowAt[last].length; p++) {
            System.arraycopy(y[last], rowAt[last][p], dense, p * layer.filters, layer.filters);
        }
        HostArrays.write(dense, output);
    }

    /** Memory for the gradients of so many partitions, all zero. */
    void clearGradients(int partitions) {
        if (dw == null || dw.length != partitions) {
            dw = new float[partitions][layers.length][];
            db = new float[partitions][layers.length][];
            for (int s = 0; s < partitions; s++) {
                for (int l = 0; l < layers.length; l++) {
                    dw[s][l] = new float[w[l].length];
                    db[s][l] = new float[bias[l].length];
                }
            }
            return;
        }
        for (int s = 0; s < partitions; s++) {
            Arrays.stream(dw[s]).forEach(gradient -> Arrays.fill(gradient, 0));
            Arrays.stream(db[s]).forEach(gradient -> Arrays.fill(gradient, 0));
        }
    }

    float[] weightGradient(int partition, int l) {
        return dw[partition][l];
    }

    float[] biasGradient(int partition, int l) {
        return db[partition][l];
    }

    /** Sums the partitions' gradients in their order and writes them, w(1), b(1) .. w(L), b(L). */
    void writeGradients(List<INDArray> gradients) {
        for (int l = 0; l < layers.length; l++) {
            ConvolutionGeometry layer = layers[l];
            for (int s = 1; s < dw.length; s++) {
                add(dw[s][l], dw[0][l]);
                add(db[s][l], db[0][l]);
            }
            INDArray weights = gradients.get(2 * l);
            float[] dense = transfer(weights.length());
            int denseRows = (int) (weights.length() / layer.filters);
            for (int k = 0; k < denseRows; k++) {
                System.arraycopy(dw[0][l], row(layer, k) * layer.width, dense, k * layer.filters, layer.filters);
            }
            HostArrays.write(dense, weights);
            HostArrays.write(db[0][l], gradients.get(2 * l + 1));
        }
    }

    private static void add(float[] from, float[] to) {
        for (int k = 0; k < to.length; k++) {
            to[k] += from[k];
        }
    }
}
