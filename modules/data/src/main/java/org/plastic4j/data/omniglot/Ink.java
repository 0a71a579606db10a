package org.plastic4j.data.omniglot;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which pixels of a drawing are ink: not by their samples but by their brightness, so that the same drawing is the same in
 * every encoding. Ink and paper are the darker and the brighter half of the range between the darkest and the brightest
 * pixel; paper is the half that most of the border belongs to. What is transparent is white.
 */
final class Ink {
    /** Of brightness from 0 to 1: below it, nothing tells ink from paper. */
    private static final double LEAST_CONTRAST = 0.1;
    /** The shares of red, green and blue in brightness (ITU-R BT.601). */
    private static final double[] LUMA = {0.299, 0.587, 0.114};

    private static final double[] GRAY = {1};

    private Ink() {}

    /** Row after row, true for ink; empty if the picture is of one brightness all over. */
    static Optional<boolean[]> of(BufferedImage image) {
        double[] brightness = brightness(image);
        double darkest = Arrays.stream(brightness).min().orElseThrow();
        double brightest = Arrays.stream(brightness).max().orElseThrow();
        if (brightest - darkest < LEAST_CONTRAST) {
            return Optional.empty();
        }
        boolean[] dark = new boolean[brightness.length];
        for (int k = 0; k < dark.length; k++) {
            dark[k] = brightness[k] < (darkest + brightest) / 2;
        }
        boolean isInverted = isMostlyTrue(dark, image.getWidth());
        boolean[] ink = new boolean[dark.length];
        for (int k = 0; k < ink.length; k++) {
            ink[k] = dark[k] != isInverted;
        }
        return Optional.of(ink);
    }

    /** Whether most of the pixels along the border are set. */
    private static boolean isMostlyTrue(boolean[] pixels, int columns) {
        int rows = pixels.length / columns;
        int border = 0;
        int set = 0;
        for (int k = 0; k < pixels.length; k++) {
            int row = k / columns;
            int column = k % columns;
            if (row == 0 || row == rows - 1 || column == 0 || column == columns - 1) {
                border++;
                set += pixels[k] ? 1 : 0;
            }
        }
        return 2 * set > border;
    }

    /** Row after row, from 0 for black to 1 for white. */
    private static double[] brightness(BufferedImage image) {
        Raster raster = image.getRaster();
        int[] samples = raster.getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
        if (image.getColorModel() instanceof IndexColorModel palette) {
            double[] colors = new double[palette.getMapSize()];
            Arrays.setAll(
                    colors,
                    index -> overWhite(
                            palette,
                            new int[] {
                                palette.getRed(index),
                                palette.getGreen(index),
                                palette.getBlue(index),
                                palette.getAlpha(index)
                            },
                            0,
                            255));
            return Arrays.stream(samples).mapToDouble(index -> colors[index]).toArray();
        }
        ColorModel model = image.getColorModel();
        int bands = raster.getNumBands();
        int largest = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        double[] brightness = new double[samples.length / bands];
        Arrays.setAll(brightness, k -> overWhite(model, samples, k * bands, largest));
        return brightness;
    }

    /** The brightness of a pixel whose samples, the last one alpha where the model has it, begin there. */
    private static double overWhite(ColorModel model, int[] samples, int at, int largest) {
        double[] shares = model.getNumColorComponents() == 1 ? GRAY : LUMA;
        double brightness = 0;
        for (int c = 0; c < shares.length; c++) {
            brightness += shares[c] * samples[at + c] / largest;
        }
        double alpha = model.hasAlpha() ? (double) samples[at + shares.length] / largest : 1;
        return 1 - alpha * (1 - brightness);
    }
}
