package org.plastic4j.data.omniglot;

import java.util.List;

/**
 * Makes of strokes what networks see of Omniglot's drawings: black ink of the same width on as many pixels, placed and sized
 * as those drawings are on average, and averaged to {@link Characters#SIDE} rows and columns.
 */
public final class Pen {
    /** Rows and columns of an original. */
    private static final int PAPER = 105;
    /** Of the drawings in images_background, on average: half of a stroke's width, the longer side, and the middle. */
    private static final double RADIUS = 2.2;

    private static final double LONGER_SIDE = 66;
    private static final double MIDDLE = 51;

    private static final AreaAverage AVERAGE = new AreaAverage(PAPER, Characters.SIDE);

    private Pen() {}

    /**
     * Draws.
     *
     * @param strokes each the points of a line, x and y in turn, in any unit, y downwards; a single point is a dot
     * @return SIDE by SIDE pixels, row after row, from 0 for paper to 1 for ink; all paper where there is no stroke
     */
    public static float[] draw(List<double[]> strokes) {
        boolean[] ink = new boolean[PAPER * PAPER];
        Frame frame = Frame.of(strokes);
        for (double[] stroke : strokes) {
            for (int k = 0; k + 1 < stroke.length; k += 2) {
                int before = Math.max(0, k - 2);
                line(
                        frame.x(stroke[before]),
                        frame.y(stroke[before + 1]),
                        frame.x(stroke[k]),
                        frame.y(stroke[k + 1]),
                        ink);
            }
        }
        byte[] bytes = AVERAGE.of(ink);
        float[] pixels = new float[bytes.length];
        for (int k = 0; k < pixels.length; k++) {
            pixels[k] = (bytes[k] & 0xff) / 255f;
        }
        return pixels;
    }

    /** Where strokes lie, and how they come to lie on the paper. */
    private record Frame(double left, double top, double width, double height) {
        static Frame of(List<double[]> strokes) {
            double left = Double.POSITIVE_INFINITY;
            double right = Double.NEGATIVE_INFINITY;
            double top = Double.POSITIVE_INFINITY;
            double bottom = Double.NEGATIVE_INFINITY;
            for (double[] stroke : strokes) {
                for (int k = 0; k + 1 < stroke.length; k += 2) {
                    left = Math.min(left, stroke[k]);
                    right = Math.max(right, stroke[k]);
                    top = Math.min(top, stroke[k + 1]);
                    bottom = Math.max(bottom, stroke[k + 1]);
                }
            }
            return new Frame(left, top, right - left, bottom - top);
        }

        private double scale() {
            double longer = Math.max(width, height);
            return longer > 0 ? LONGER_SIDE / longer : 0;
        }

        double x(double x) {
            return MIDDLE + (x - left - width / 2) * scale();
        }

        double y(double y) {
            return MIDDLE + (y - top - height / 2) * scale();
        }
    }

    /** Inks what is no further from a line than the pen reaches. */
    private static void line(double x0, double y0, double x1, double y1, boolean[] ink) {
        int top = (int) Math.max(0, Math.floor(Math.min(y0, y1) - RADIUS));
        int bottom = (int) Math.min(PAPER - 1, Math.ceil(Math.max(y0, y1) + RADIUS));
        int left = (int) Math.max(0, Math.floor(Math.min(x0, x1) - RADIUS));
        int right = (int) Math.min(PAPER - 1, Math.ceil(Math.max(x0, x1) + RADIUS));
        double length = (x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0);
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double along = length > 0 ? ((column - x0) * (x1 - x0) + (row - y0) * (y1 - y0)) / length : 0;
                double part = Math.max(0, Math.min(1, along));
                double distance = Math.hypot(column - x0 - part * (x1 - x0), row - y0 - part * (y1 - y0));
                ink[row * PAPER + column] |= distance <= RADIUS;
            }
        }
    }
}
