package org.plastic4j.report.page;

import java.util.Arrays;
import java.util.Locale;

/**
 * How often which values occur.
 *
 * @param low the lower end of the first bin
 * @param width of a bin
 * @param counts one a bin
 */
record Histogram(double low, double width, int[] counts) {
    private static final int BINS = 61;
    private static final int BAR = 10;
    private static final int HEIGHT = 200;

    static Histogram of(float[] values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (float value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        double width = high > low ? (high - low) / BINS : 1;
        int[] counts = new int[BINS];
        for (float value : values) {
            counts[(int) Math.min(BINS - 1, (value - low) / width)]++;
        }
        return new Histogram(low, width, counts);
    }

    /** A drawing whose bars name their values when pointed at. */
    String svg(String name) {
        int most = Arrays.stream(counts).max().orElse(1);
        double high = low + width * BINS;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg class=\"histogram\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n",
                BINS * BAR,
                HEIGHT + 26,
                Html.text(description(name))));
        for (int bin = 0; bin < BINS; bin++) {
            // A bin that holds anything is seen.
            double bar = counts[bin] == 0 ? 0 : Math.max(1, (double) HEIGHT * counts[bin] / most);
            svg.append(String.format(
                    Locale.ROOT,
                    "<g><title>%s to %s: %,d</title><rect class=\"catch\" x=\"%d\" y=\"0\" width=\"%d\" height=\"%d\"/>"
                            + "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/></g>%n",
                    number(low + bin * width),
                    number(low + (bin + 1) * width),
                    counts[bin],
                    bin * BAR,
                    BAR,
                    HEIGHT,
                    bin * BAR + 1,
                    HEIGHT - bar,
                    BAR - 2,
                    bar));
        }
        if (low < 0 && high > 0) {
            double zero = -low / (high - low) * BINS * BAR;
            svg.append(String.format(
                    Locale.ROOT, "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"0\" y2=\"%2$d\"/>%n", zero, HEIGHT));
            if (zero > 100 && zero < BINS * BAR - 100) {
                svg.append(label(zero, "middle", "0"));
            }
        }
        return svg.append(label(0, "start", number(low)))
                .append(label(BINS * BAR, "end", number(high)))
                .append("</svg>\n")
                .toString();
    }

    private String description(String name) {
        return String.format(
                Locale.ROOT, "Histogram of %s, from %s to %s", name, number(low), number(low + width * BINS));
    }

    private static String label(double x, String anchor, String text) {
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>%n", x, HEIGHT + 19, anchor, text);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
