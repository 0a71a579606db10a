package org.plastic4j.data.pictures;

/** From gray levels to what neurons see: averaged to the task's size, of mean zero, and divided by the largest size. */
public final class Contrast {
    private Contrast() {}

    /**
     * @param gray {@link Pictures#SIDE} by SIDE gray levels
     * @param side rows and columns of the result, which divide SIDE
     * @return side by side pixels from -1 to 1, of mean zero, the largest of size 1; all zero for a picture of one gray
     */
    public static float[] of(float[] gray, int side) {
        return normalised(averaged(gray, side));
    }

    /**
     * @param averaged gray levels in any unit
     * @return as many pixels from -1 to 1, of mean zero, the largest of size 1; all zero for a picture of one gray
     */
    public static float[] normalised(double[] averaged) {
        double mean = 0;
        for (double value : averaged) {
            mean += value / averaged.length;
        }
        double largest = 0;
        for (double value : averaged) {
            largest = Math.max(largest, Math.abs(value - mean));
        }
        float[] pixels = new float[averaged.length];
        // Below what a byte of gray can be off its neighbour there is only rounding.
        if (largest > 1e-6) {
            for (int k = 0; k < pixels.length; k++) {
                pixels[k] = (float) ((averaged[k] - mean) / largest);
            }
        }
        return pixels;
    }

    private static double[] averaged(float[] gray, int side) {
        int block = Pictures.SIDE / side;
        double[] averaged = new double[side * side];
        for (int i = 0; i < Pictures.SIDE; i++) {
            for (int j = 0; j < Pictures.SIDE; j++) {
                averaged[i / block * side + j / block] += gray[i * Pictures.SIDE + j] / (block * block);
            }
        }
        return averaged;
    }
}
