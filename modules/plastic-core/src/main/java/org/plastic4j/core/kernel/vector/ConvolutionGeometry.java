package org.plastic4j.core.kernel.vector;

import org.plastic4j.core.convolution.ConvolutionLayer;
import org.plastic4j.core.convolution.ConvolutionStack;

/**
 * How the fast kernel lays out one layer of a stack. Channels come last and are padded with zeros to whole blocks, so
 * that a row of a patch, kernel times channels, is one run of elements that lies in memory as the weights do. The first
 * layer's patches are laid out beforehand: pictures have few channels, and runs would be too short.
 */
final class ConvolutionGeometry {
    /** Channels come in multiples of this: two of the widest vectors. */
    static final int UNIT = 32;

    /** Pixels that come out of a picture. */
    final int pixels;

    final int filters;
    /** The filters, padded. */
    final int width;
    /** Channels that come in, and as they lie in memory. */
    final int channels;

    final int inputWidth;
    /** How many runs a patch has, how long each is, and how far its beginning is from that of the one before. */
    final int runs;

    final int run;
    private final int runStep;
    /** Numbers of a picture's input as it lies in memory. */
    final int inputLength;
    /** Rows of the weights: all elements of a patch; and padded. */
    final int rows;

    final int paddedRows;
    private final boolean gathered;
    private final ConvolutionLayer layer;
    private final ConvolutionStack.Shape before;
    private final ConvolutionStack.Shape after;

    ConvolutionGeometry(ConvolutionStack stack, int l) {
        layer = stack.layers().get(l);
        before = stack.shapes().get(l);
        after = stack.shapes().get(l + 1);
        gathered = l == 0;
        pixels = after.pixels();
        filters = layer.filters();
        width = roundUp(filters);
        channels = before.channels();
        inputWidth = gathered ? channels : roundUp(channels);
        int line = Math.multiplyExact(layer.kernel(), inputWidth);
        runs = gathered ? 1 : layer.kernel();
        run = gathered ? Math.multiplyExact(layer.kernel(), line) : line;
        rows = Math.multiplyExact(runs, run);
        paddedRows = roundUp(rows);
        runStep = gathered ? 0 : before.width() * inputWidth;
        inputLength = gathered ? Math.multiplyExact(pixels, run) : before.pixels() * inputWidth;
    }

    private static int roundUp(int value) {
        return Math.addExact(value, UNIT - 1) / UNIT * UNIT;
    }

    /** How far run s of a patch is from the patch's beginning. */
    int runOffset(int s) {
        return s * runStep;
    }

    /** Where the patches of all pixels of so many pictures begin in the layer's input. */
    int[] patches(int pictures) {
        int[] at = new int[Math.multiplyExact(pictures, pixels)];
        Math.multiplyExact(pictures, inputLength);
        for (int p = 0; p < at.length; p++) {
            at[p] = gathered ? p * run : p / pixels * inputLength + corner(p % pixels) * inputWidth;
        }
        return at;
    }

    /** The first pixel of the patch that makes a pixel. */
    private int corner(int pixel) {
        int top = pixel / after.width() * layer.stride();
        int left = pixel % after.width() * layer.stride();
        return top * before.width() + left;
    }

    /** A line of a patch: where it lies in a picture, and in the patch. */
    @FunctionalInterface
    interface Line {
        void of(int picture, int patch, int length);
    }

    /** Goes through all lines of the patches of one picture, of the channels that there are. */
    void forEachLine(Line line) {
        int length = layer.kernel() * channels;
        for (int pixel = 0; pixel < pixels; pixel++) {
            int corner = corner(pixel) * channels;
            for (int u = 0; u < layer.kernel(); u++) {
                line.of(corner + u * before.width() * channels, (pixel * layer.kernel() + u) * length, length);
            }
        }
    }
}
