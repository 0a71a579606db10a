package org.plastic4j.core.convolution;

/**
 * A convolution without padding, with a bias, and the hyperbolic tangent of it.
 *
 * @param kernel rows and columns of its kernels, at least 1
 * @param stride rows and columns from one position to the next, at least 1
 * @param filters how many kernels there are, which is how many channels come out, at least 1
 */
public record ConvolutionLayer(int kernel, int stride, int filters) {
    /**
     * Checks the sizes.
     *
     * @param kernel rows and columns of its kernels, at least 1
     * @param stride rows and columns from one position to the next, at least 1
     * @param filters how many kernels there are, which is how many channels come out, at least 1
     */
    public ConvolutionLayer {
        if (kernel < 1 || stride < 1 || filters < 1) {
            throw new IllegalArgumentException(
                    "ConvolutionLayer: expected a kernel, a stride and a number of filters of at least 1, found "
                            + kernel + ", " + stride + " and " + filters + ".");
        }
    }

    /** How many positions the kernel has along so many pixels; 0 if it does not fit. */
    int positions(int pixels) {
        return pixels < kernel ? 0 : (pixels - kernel) / stride + 1;
    }
}
