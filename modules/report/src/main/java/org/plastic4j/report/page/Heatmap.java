package org.plastic4j.report.page;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.Arrays;
import org.plastic4j.training.figure.SignedColors;

/**
 * A matrix as a picture: blue below 0, white at 0, red above, the same range on both sides. Of a large matrix, each
 * pixel is the mean of a square block.
 *
 * @param turned whether rows of the matrix are columns of the picture, as they are where there are many more of them
 * @param block how many rows and columns one pixel stands for
 * @param range the value whose colour is the strongest; stronger ones, a half percent of all, have it too
 * @param image one pixel a block
 */
record Heatmap(boolean turned, int block, double range, BufferedImage image) {
    private static final int MOST_PIXELS = 340;
    private static final double SHOWN_SHARE = 0.995;
    private static final int STEPS = 101;

    /** So much longer than wide is too long to look at. */
    private static final double LONG = 1.5;

    static Heatmap of(float[] values, int rows, int columns) {
        if (rows <= LONG * columns) {
            return of(values, rows, columns, false);
        }
        float[] turned = new float[values.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                turned[j * rows + i] = values[i * columns + j];
            }
        }
        return of(turned, columns, rows, true);
    }

    private static Heatmap of(float[] values, int rows, int columns, boolean turned) {
        int block = (Math.max(rows, columns) + MOST_PIXELS - 1) / MOST_PIXELS;
        int height = (rows + block - 1) / block;
        int width = (columns + block - 1) / block;
        double[] means = new double[height * width];
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                means[i * width + j] = mean(values, rows, columns, i * block, j * block, block);
            }
        }
        double range = range(means);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, colors());
        for (int k = 0; k < means.length; k++) {
            image.getRaster().setSample(k % width, k / width, 0, step(means[k], range));
        }
        return new Heatmap(turned, block, range, image);
    }

    private static double mean(float[] values, int rows, int columns, int row, int column, int block) {
        double sum = 0;
        int count = 0;
        for (int i = row; i < Math.min(rows, row + block); i++) {
            for (int j = column; j < Math.min(columns, column + block); j++) {
                sum += values[i * columns + j];
                count++;
            }
        }
        return sum / count;
    }

    private static double range(double[] means) {
        double[] sizes = Arrays.stream(means).map(Math::abs).sorted().toArray();
        double range = sizes[(int) (SHOWN_SHARE * (sizes.length - 1))];
        return range > 0 ? range : Math.max(sizes[sizes.length - 1], Float.MIN_NORMAL);
    }

    private static int step(double value, double range) {
        double fraction = Math.max(-1, Math.min(1, value / range));
        return (int) Math.round((fraction + 1) / 2 * (STEPS - 1));
    }

    private static IndexColorModel colors() {
        byte[][] channels = new byte[3][STEPS];
        for (int step = 0; step < STEPS; step++) {
            int rgb = SignedColors.rgb(2.0 * step / (STEPS - 1) - 1);
            for (int channel = 0; channel < 3; channel++) {
                channels[channel][step] = (byte) (rgb >> 8 * (2 - channel));
            }
        }
        return new IndexColorModel(8, STEPS, channels[0], channels[1], channels[2]);
    }
}
