package org.plastic4j.core.convolution;

import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions one after the other, from pictures to features: for layer l with kernel k, stride s and y(0) = x
 *
 * <pre>
 * y(l)[b, i, j, o] = tanh(b(l)[o] + sum_{u, v &lt; k, c} y(l-1)[b, s i + u, s j + v, c] w(l)[u, v, c, o])
 * </pre>
 *
 * Channels come last: pictures are [B, height, width, channels], weights [k, k, channels, filters], biases [filters]. With
 * four layers of 64 filters of 3 x 3 and stride 2 on pictures of 31 x 31 this is the embedding of Miconi, Clune and Stanley
 * (ICML 2018), section 4.3.
 *
 * @param height rows of a picture, at least 1
 * @param width columns of a picture, at least 1
 * @param channels values of a pixel, at least 1
 * @param layers the layers, at least one, each of which fits into what the one before it gives
 */
public record ConvolutionStack(int height, int width, int channels, List<ConvolutionLayer> layers) {

    /**
     * The size of a picture.
     *
     * @param height rows
     * @param width columns
     * @param channels values of a pixel
     */
    public record Shape(int height, int width, int channels) {
        /** {@return rows times columns} */
        public int pixels() {
            return height * width;
        }

        /** {@return how many values a picture has} */
        public int length() {
            return pixels() * channels;
        }

        /**
         * As the shape of an array of so many pictures.
         *
         * @param pictures how many
         * @return [pictures, height, width, channels]
         */
        public long[] of(long pictures) {
            return new long[] {pictures, height, width, channels};
        }
    }

    /**
     * Checks that the layers fit.
     *
     * @param height rows of a picture, at least 1
     * @param width columns of a picture, at least 1
     * @param channels values of a pixel, at least 1
     * @param layers the layers, at least one, each of which fits into what the one before it gives
     */
    public ConvolutionStack {
        layers = List.copyOf(layers);
        if (height < 1 || width < 1 || channels < 1 || layers.isEmpty()) {
            throw new IllegalArgumentException(
                    "ConvolutionStack: expected a picture of at least 1 x 1 x 1 and at least one layer, found " + height
                            + " x " + width + " x " + channels + " and " + layers.size() + " layers.");
        }
        Shape shape = new Shape(height, width, channels);
        for (int l = 0; l < layers.size(); l++) {
            Shape next = after(layers.get(l), shape);
            if (next.pixels() < 1) {
                throw new IllegalArgumentException(
                        "ConvolutionStack: layer " + (l + 1) + ": expected a kernel that fits"
                                + " into " + shape.height + " x " + shape.width + " pixels, found "
                                + layers.get(l).kernel() + " x " + layers.get(l).kernel() + ".");
            }
            shape = next;
        }
    }

    private static Shape after(ConvolutionLayer layer, Shape shape) {
        return new Shape(layer.positions(shape.height), layer.positions(shape.width), layer.filters());
    }

    /** {@return the shapes of x, y(1) .. y(L) of one picture} */
    public List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>(List.of(new Shape(height, width, channels)));
        layers.forEach(layer -> shapes.add(after(layer, shapes.get(shapes.size() - 1))));
        return shapes;
    }

    /** {@return the shape of the last layer's output of one picture} */
    public Shape output() {
        return shapes().get(layers.size());
    }

    /**
     * {@return the shape of w(l), l from 1}
     *
     * @param l the layer, from 1
     */
    public long[] weightShape(int l) {
        ConvolutionLayer layer = layers.get(l - 1);
        return new long[] {layer.kernel(), layer.kernel(), shapes().get(l - 1).channels(), layer.filters()};
    }

    /**
     * {@return how many values one kernel of layer l has, l from 1}
     *
     * @param l the layer, from 1
     */
    public int fanIn(int l) {
        int kernel = layers.get(l - 1).kernel();
        return kernel * kernel * shapes().get(l - 1).channels();
    }

    /** {@return how many values are trained: all weights and biases} */
    public long parameterCount() {
        long count = 0;
        for (int l = 1; l <= layers.size(); l++) {
            count += (fanIn(l) + 1L) * layers.get(l - 1).filters();
        }
        return count;
    }
}
