package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.VectorForward.LANES;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import jdk.incubator.vector.FloatVector;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.ConvolutionKernel;
import org.plastic4j.core.kernel.ConvolutionTensors;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.LifetimeThreads;
import org.plastic4j.core.kernel.WorkerGroup;

/**
 * Stacks of convolutions with the Vector API, as products of matrices on patches where they lie. Threads take partitions of
 * the pictures, layer after layer; the partitions depend on how many pictures there are and not on the threads, and so do the
 * sums that are formed over them.
 */
public final class VectorConvolution implements ConvolutionKernel {
    /** A partition has at least so many pictures: the gradients of fewer are not worth memory of their own. */
    private static final int PICTURES = 16;
    /** Nor are there more partitions than this. */
    private static final int MOST_SHARES = 16;
    /** Pixels that are gone through several times in a row, whose patches the second cache holds; whole tiles of them. */
    private static final int BLOCK = 32 * VectorTiles.ROWS;
    /** Pixels that go into the weights' gradients at a time, as many as the nearest cache holds. */
    private static final int PIXELS = 128;

    @Override
    public void forward(ConvolutionTensors in, INDArray output) {
        ConvolutionBuffers m = ConvolutionBuffers.acquire(in);
        run(m);
        m.writeOutput(output);
        m.release();
    }

    /** Fills the outputs of all layers. */
    private static void run(ConvolutionBuffers m) {
        m.layOut();
        forEachPartition(m, partition -> {
            gather(m, partition);
            for (int l = 0; l < m.layers.length; l++) {
                layer(m, l, partition);
            }
        });
        m.setComputed();
    }

    /** Buffers with the outputs of all layers: as a rule those of the way forward. */
    private static ConvolutionBuffers computed(ConvolutionTensors in) {
        ConvolutionBuffers m = ConvolutionBuffers.acquire(in);
        if (!m.isComputed()) {
            run(m);
        }
        return m;
    }

    @Override
    public void parameterGradients(ConvolutionTensors in, INDArray gradient, List<INDArray> gradients) {
        ConvolutionBuffers m = computed(in);
        m.readForTheWayBack(gradient);
        m.clearGradients(partitions(m));
        forEachPartition(m, partition -> {
            for (int l = m.layers.length - 1; l >= 0; l--) {
                throughTanh(m, l, partition);
                biasGradient(m, l, partition);
                weightGradient(m, l, partition);
                if (l > 0) {
                    throughWeights(m, l, partition);
                }
            }
        });
        m.writeGradients(gradients);
        m.release();
    }

    @Override
    public void inputGradient(ConvolutionTensors in, INDArray gradient, INDArray inputGradient) {
        ConvolutionBuffers m = computed(in);
        m.readForTheWayBack(gradient);
        float[] pictures = new float[m.x.length];
        forEachPartition(m, partition -> {
            for (int l = m.layers.length - 1; l >= 0; l--) {
                throughTanh(m, l, partition);
                if (l > 0) {
                    throughWeights(m, l, partition);
                } else {
                    toPictures(m, partition, pictures);
                }
            }
        });
        HostArrays.write(pictures, inputGradient);
        m.release();
    }

    private static int partitions(ConvolutionBuffers m) {
        return Math.max(1, Math.min(MOST_SHARES, m.pictures / PICTURES));
    }

    private static void forEachPartition(ConvolutionBuffers m, IntConsumer work) {
        int partitions = partitions(m);
        WorkerGroup.run(Math.min(LifetimeThreads.get(), partitions), (group, member) -> {
            int end = WorkerGroup.part(partitions, member + 1, group.size());
            for (int partition = WorkerGroup.part(partitions, member, group.size()); partition < end; partition++) {
                work.accept(partition);
            }
        });
    }

    /** The first picture of a partition. */
    private static int first(ConvolutionBuffers m, int partition) {
        return WorkerGroup.part(m.pictures, partition, partitions(m));
    }

    private static void gather(ConvolutionBuffers m, int partition) {
        ConvolutionGeometry layer = m.layers[0];
        int length = m.x.length / m.pictures;
        for (int b = first(m, partition); b < first(m, partition + 1); b++) {
            int picture = b * length;
            int patches = b * layer.inputLength;
            layer.forEachLine((from, to, count) -> {
                for (int k = 0; k < count; k++) {
                    m.patches[patches + to + k] = m.x[picture + from + k];
                }
            });
        }
    }

    private static void layer(ConvolutionBuffers m, int l, int partition) {
        ConvolutionGeometry layer = m.layers[l];
        int from = first(m, partition) * layer.pixels;
        int to = first(m, partition + 1) * layer.pixels;
        for (int p = from; p < to; p++) {
            System.arraycopy(m.bias[l], 0, m.y[l], p * layer.width, layer.width);
        }
        for (int p = from; p < to; p += BLOCK) {
            sums(m, l, p, Math.min(to, p + BLOCK));
        }
        VectorTanh.apply(m.y[l], from * layer.width, (to - from) * layer.width);
    }

    private static void sums(ConvolutionBuffers m, int l, int from, int to) {
        ConvolutionGeometry layer = m.layers[l];
        float[] x = m.input(l);
        // A run's weights for a tile's columns stay in the nearest cache for all pixels of a block.
        for (int s = 0; s < layer.runs; s++) {
            for (int c = 0; c < layer.width; c += VectorTiles.COLUMNS) {
                int weights = s * layer.run * layer.width + c;
                for (int p = from; p < to; p += VectorTiles.ROWS) {
                    VectorTiles.dots(
                            p,
                            Math.min(VectorTiles.ROWS, to - p),
                            x,
                            m.patchAt[l],
                            layer.runOffset(s),
                            layer.run,
                            m.w[l],
                            weights,
                            layer.width,
                            m.y[l],
                            m.rowAt[l],
                            c);
                }
            }
        }
    }

    /** From the gradient of the outputs to that of what is inside of tanh. */
    private static void throughTanh(ConvolutionBuffers m, int l, int partition) {
        int length = m.layers[l].pixels * m.layers[l].width;
        float[] y = m.y[l];
        float[] g = m.g[l];
        for (int k = first(m, partition) * length; k < first(m, partition + 1) * length; k += LANES.length()) {
            FloatVector output = FloatVector.fromArray(LANES, y, k);
            FloatVector slope = output.neg().fma(output, FloatVector.broadcast(LANES, 1));
            FloatVector.fromArray(LANES, g, k).mul(slope).intoArray(g, k);
        }
    }

    private static void biasGradient(ConvolutionBuffers m, int l, int partition) {
        ConvolutionGeometry layer = m.layers[l];
        float[] sum = m.biasGradient(partition, l);
        for (int c = 0; c < layer.width; c += LANES.length()) {
            FloatVector total = FloatVector.zero(LANES);
            for (int p = first(m, partition) * layer.pixels; p < first(m, partition + 1) * layer.pixels; p++) {
                total = total.add(FloatVector.fromArray(LANES, m.g[l], p * layer.width + c));
            }
            total.intoArray(sum, c);
        }
    }

    private static void weightGradient(ConvolutionBuffers m, int l, int partition) {
        ConvolutionGeometry layer = m.layers[l];
        float[] into = m.weightGradient(partition, l);
        float[] x = m.input(l);
        int end = first(m, partition + 1) * layer.pixels;
        for (int from = first(m, partition) * layer.pixels; from < end; from += PIXELS) {
            int to = Math.min(end, from + PIXELS);
            for (int s = 0; s < layer.runs; s++) {
                for (int k = 0; k < layer.run; k += VectorTiles.ROWS) {
                    int row = (s * layer.run + k) * layer.width;
                    for (int c = 0; c < layer.width; c += VectorTiles.COLUMNS) {
                        VectorTiles.products(
                                from,
                                to,
                                Math.min(VectorTiles.ROWS, layer.run - k),
                                x,
                                m.patchAt[l],
                                layer.runOffset(s) + k,
                                m.g[l],
                                layer.width,
                                c,
                                into,
                                row + c,
                                layer.width);
                    }
                }
            }
        }
    }

    /** From the gradient inside of layer l's tanh to that of the outputs before it. */
    private static void throughWeights(ConvolutionBuffers m, int l, int partition) {
        ConvolutionGeometry layer = m.layers[l];
        int from = first(m, partition);
        int to = first(m, partition + 1);
        Arrays.fill(m.g[l - 1], from * layer.inputLength, to * layer.inputLength, 0f);
        for (int p = from * layer.pixels; p < to * layer.pixels; p += BLOCK) {
            back(m, l, p, Math.min(to * layer.pixels, p + BLOCK), m.g[l - 1], m.patchAt[l]);
        }
    }

    /** Adds the gradients of the patches of pixels {@code from} to {@code to} where they lie. */
    private static void back(ConvolutionBuffers m, int l, int from, int to, float[] into, int[] patchAt) {
        ConvolutionGeometry layer = m.layers[l];
        for (int s = 0; s < layer.runs; s++) {
            for (int k = 0; k < layer.run; k += VectorTiles.COLUMNS) {
                for (int p = from; p < to; p += VectorTiles.ROWS) {
                    VectorTiles.dots(
                            p,
                            Math.min(VectorTiles.ROWS, to - p),
                            m.g[l],
                            m.rowAt[l],
                            0,
                            layer.filters,
                            m.transposed[l],
                            s * layer.run + k,
                            layer.paddedRows,
                            into,
                            patchAt,
                            layer.runOffset(s) + k);
                }
            }
        }
    }

    /** The gradient of the pictures, by way of that of the patches, whose rows are padded here. */
    private static void toPictures(ConvolutionBuffers m, int partition, float[] into) {
        ConvolutionGeometry layer = m.layers[0];
        int length = m.x.length / m.pictures;
        float[] patches = new float[layer.pixels * layer.paddedRows];
        int[] at = new int[m.pictures * layer.pixels];
        for (int b = first(m, partition); b < first(m, partition + 1); b++) {
            Arrays.fill(patches, 0);
            for (int p = 0; p < layer.pixels; p++) {
                at[b * layer.pixels + p] = p * layer.paddedRows;
            }
            back(m, 0, b * layer.pixels, (b + 1) * layer.pixels, patches, at);
            int picture = b * length;
            layer.forEachLine((to, from, count) -> {
                int pixel = from / layer.rows * layer.paddedRows + from % layer.rows;
                for (int k = 0; k < count; k++) {
                    into[picture + to + k] += patches[pixel + k];
                }
            });
        }
    }
}
