package org.plastic4j.training.figure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * A small labelled picture, one colour a pixel.
 *
 * @param label what it shows, as in "answered"
 * @param rows its height in pixels
 * @param columns its width in pixels
 * @param rgb the colours as 0xRRGGBB, row after row, {@code rows * columns} of them
 */
public record Picture(String label, int rows, int columns, int[] rgb) {
    private static final int GAP = 4;
    private static final int WHITE = 0xffffff;

    /** Checks the sizes. */
    public Picture {
        Objects.requireNonNull(label, "label");
        if (rows < 1 || columns < 1 || rgb.length != rows * columns) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "picture '%s': expected %d x %d colours, found %d", label, rows, columns, rgb.length));
        }
        rgb = rgb.clone();
    }

    /**
     * A picture in greys.
     *
     * @param label what it shows
     * @param columns its width; the last row may be shorter than that, and is then filled up with the middle grey
     * @param values the pixels, row after row
     * @param black the value that is black; what is below is black too
     * @param white the value that is white; what is above is white too
     * @return the picture
     */
    public static Picture grey(String label, int columns, float[] values, double black, double white) {
        int rows = (values.length + columns - 1) / columns;
        int[] rgb = new int[rows * columns];
        Arrays.fill(rgb, 0x808080);
        for (int k = 0; k < values.length; k++) {
            double fraction = Math.max(0, Math.min(1, (values[k] - black) / (white - black)));
            rgb[k] = 0x010101 * (int) Math.round(255 * fraction);
        }
        return new Picture(label, rows, columns, rgb);
    }

    /**
     * Two pictures of one height side by side.
     *
     * @param right the other one
     * @param label what both show
     * @return one picture, with a white gap between them
     */
    public Picture beside(Picture right, String label) {
        if (right.rows != rows) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "picture '%s': expected %d rows, found %d", label, rows, right.rows));
        }
        int width = columns + GAP + right.columns;
        int[] both = new int[rows * width];
        Arrays.fill(both, WHITE);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(rgb, row * columns, both, row * width, columns);
            System.arraycopy(right.rgb, row * right.columns, both, row * width + columns + GAP, right.columns);
        }
        return new Picture(label, rows, width, both);
    }

    /**
     * A width for a picture of so many pixels: one that fills all rows where there is one, and is not much longer than
     * high.
     *
     * @param pixels how many there are
     * @return how many columns to lay them out in
     */
    public static int columnsFor(int pixels) {
        int root = Math.max(1, (int) Math.sqrt(pixels));
        for (int rows = root; 3L * rows * rows >= pixels; rows--) {
            if (pixels % rows == 0) {
                return pixels / rows;
            }
        }
        return (pixels + root - 1) / root;
    }
}
