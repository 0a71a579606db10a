package org.plastic4j.omniglot;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.convolution.ConvolutionParameters;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;
import org.plastic4j.training.figure.SignedColors;

/** What the first layer looks for: its filters, each as a small picture. */
final class Filters {
    private static final int LINE = 0x8a8f98;

    private Filters() {}

    /** @param parameters the network's; the first layer's weights are shown, [k, k, 1, filters] */
    static List<Figure> of(Map<String, INDArray> parameters) {
        INDArray weights = parameters.get(ConvolutionParameters.weightName(1));
        int kernel = (int) weights.size(0);
        int filters = (int) weights.size(3);
        int columns = (int) Math.ceil(Math.sqrt(filters));
        int rows = (filters + columns - 1) / columns;
        int width = columns * (kernel + 1) + 1;
        int[] rgb = new int[width * (rows * (kernel + 1) + 1)];
        Arrays.fill(rgb, LINE);
        double range = Math.max(weights.amaxNumber().doubleValue(), Float.MIN_NORMAL);
        for (int f = 0; f < filters; f++) {
            for (int i = 0; i < kernel; i++) {
                for (int j = 0; j < kernel; j++) {
                    int row = f / columns * (kernel + 1) + 1 + i;
                    int column = f % columns * (kernel + 1) + 1 + j;
                    rgb[row * width + column] = SignedColors.rgb(weights.getDouble(i, j, 0, f) / range);
                }
            }
        }
        Picture picture = new Picture("first layer", rgb.length / width, width, rgb);
        return List.of(new Figure(
                "Filters of the first layer",
                String.format(Locale.ROOT, "Each of %d filters has %d × %2$d weights.", filters, kernel),
                List.of(picture),
                Optional.of(List.of(range))));
    }
}
