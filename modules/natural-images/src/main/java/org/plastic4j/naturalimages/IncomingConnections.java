package org.plastic4j.naturalimages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;
import org.plastic4j.training.figure.SignedColors;

/**
 * What matrices of connections between pixels look like as pictures, in the manner of the paper's figure: for some
 * pixels, the connections that come in from all others, each drawn where the pixel is that it comes from.
 */
final class IncomingConnections {
    private static final int TILES = 6;
    private static final double SHOWN_SHARE = 0.995;
    private static final int LINE = 0x8a8f98;
    private static final int TARGET = 0x20a030;

    private IncomingConnections() {}

    /**
     * @param side rows and columns of pixels
     * @param parameters the network's; those of shape [pixels + 1, pixels + 1] are shown
     */
    static List<Figure> of(int side, Map<String, INDArray> parameters) {
        List<Picture> pictures = new ArrayList<>();
        List<Double> scales = new ArrayList<>();
        List<String> sizes = new ArrayList<>();
        for (String name : List.of(PlasticParameters.W, PlasticParameters.ALPHA)) {
            INDArray matrix = parameters.get(name);
            if (matrix != null && matrix.rank() == 2 && matrix.rows() == side * side + 1) {
                Matrix values = Matrix.of(side, matrix);
                double range = values.range();
                pictures.add(tiles(name, values, range));
                scales.add(range);
                sizes.add(String.format(
                        Locale.ROOT,
                        "the mean size of %s is %.3g within a half of the picture and %.3g between halves",
                        name,
                        values.meanSize(true),
                        values.meanSize(false)));
            }
        }
        String caption = String.format(
                Locale.ROOT,
                "Each of %1$d × %1$d tiles has the connections into one pixel, from all pixels, each where that pixel is"
                        + " in the picture; the tile's own pixel is green. Of these matrices, %2$s. The bias neuron is"
                        + " left out.",
                tilesASide(side),
                String.join(", and ", sizes));
        return List.of(new Figure("Connections into single pixels", caption, pictures, Optional.of(scales)));
    }

    private static int tilesASide(int side) {
        return Math.min(TILES, side);
    }

    private static Picture tiles(String name, Matrix matrix, double range) {
        int side = matrix.side;
        int tiles = tilesASide(side);
        int width = tiles * (side + 1) + 1;
        int[] rgb = new int[width * width];
        Arrays.fill(rgb, LINE);
        for (int tile = 0; tile < tiles * tiles; tile++) {
            int row = place(tile / tiles, tiles, side);
            int column = place(tile % tiles, tiles, side);
            int corner = (tile / tiles * (side + 1) + 1) * width + tile % tiles * (side + 1) + 1;
            for (int from = 0; from < side * side; from++) {
                int to = row * side + column;
                int color = from == to ? TARGET : SignedColors.rgb(matrix.at(from, to) / range);
                rgb[corner + from / side * width + from % side] = color;
            }
        }
        return new Picture(name, width, width, rgb);
    }

    /** Evenly spread, in the middle of each part. */
    private static int place(int tile, int tiles, int side) {
        return (2 * tile + 1) * side / (2 * tiles);
    }

    /** The connections between pixels; the last row and column of the array are the bias neuron's. */
    private record Matrix(int side, float[] values, int stride) {
        static Matrix of(int side, INDArray array) {
            try (INDArray copy = array.dup('c')) {
                return new Matrix(side, copy.data().asFloat(), side * side + 1);
            }
        }

        float at(int from, int to) {
            return values[from * stride + to];
        }

        /** What all but a half percent are within. */
        double range() {
            int pixels = side * side;
            double[] sizes = new double[pixels * pixels];
            for (int from = 0; from < pixels; from++) {
                for (int to = 0; to < pixels; to++) {
                    sizes[from * pixels + to] = Math.abs(at(from, to));
                }
            }
            Arrays.sort(sizes);
            double range = sizes[(int) (SHOWN_SHARE * (sizes.length - 1))];
            return range > 0 ? range : Math.max(sizes[sizes.length - 1], Float.MIN_NORMAL);
        }

        /** Of connections within the upper and the lower half, or between them. */
        double meanSize(boolean within) {
            int pixels = side * side;
            double sum = 0;
            long count = 0;
            for (int from = 0; from < pixels; from++) {
                for (int to = 0; to < pixels; to++) {
                    if (from != to && (from < pixels / 2 == to < pixels / 2) == within) {
                        sum += Math.abs(at(from, to));
                        count++;
                    }
                }
            }
            return sum / count;
        }
    }
}
