package org.plastic4j.playground;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Symbols as a hand draws them, which no network was trained on: points in a square of side 1. */
public final class Strokes {
    private static final List<List<double[]>> SYMBOLS = List.of(
            List.of(circle(0.5, 0.5, 0.35)),
            List.of(new double[] {0.15, 0.15, 0.85, 0.85}, new double[] {0.85, 0.15, 0.15, 0.85}),
            List.of(new double[] {0.5, 0.1, 0.9, 0.85, 0.1, 0.85, 0.5, 0.1}),
            List.of(new double[] {0.5, 0.1, 0.5, 0.9}, new double[] {0.15, 0.3, 0.85, 0.3}),
            List.of(new double[] {0.1, 0.3, 0.3, 0.75, 0.5, 0.3, 0.7, 0.75, 0.9, 0.3}),
            List.of(new double[] {0.3, 0.1, 0.3, 0.9}, new double[] {0.7, 0.1, 0.7, 0.9}, new double[] {
                0.3, 0.5, 0.7, 0.5
            }),
            List.of(new double[] {0.8, 0.15, 0.25, 0.15, 0.25, 0.5, 0.75, 0.5, 0.75, 0.85, 0.2, 0.85}),
            List.of(circle(0.35, 0.4, 0.2), new double[] {0.55, 0.5, 0.9, 0.9}));

    private Strokes() {}

    private static double[] circle(double x, double y, double radius) {
        double[] points = new double[50];
        for (int k = 0; k < 25; k++) {
            points[2 * k] = x + radius * Math.cos(2 * Math.PI * k / 24);
            points[2 * k + 1] = y + radius * Math.sin(2 * Math.PI * k / 24);
        }
        return points;
    }

    /** How many symbols there are. */
    public static int count() {
        return SYMBOLS.size();
    }

    /** A symbol, drawn by another hand each time: shifted, stretched, slanted, and a little off at every point. */
    public static List<double[]> draw(int symbol, SplittableRandom hand) {
        double width = hand.nextDouble(0.75, 1.0);
        double height = hand.nextDouble(0.75, 1.0);
        double slant = hand.nextDouble(-0.15, 0.15);
        List<double[]> strokes = new ArrayList<>();
        for (double[] stroke : SYMBOLS.get(symbol)) {
            double[] drawn = new double[stroke.length];
            for (int k = 0; k < stroke.length; k += 2) {
                double x = stroke[k] - 0.5 + hand.nextDouble(-0.02, 0.02);
                double y = stroke[k + 1] - 0.5 + hand.nextDouble(-0.02, 0.02);
                drawn[k] = 0.5 + width * x + slant * y;
                drawn[k + 1] = 0.5 + height * y;
            }
            strokes.add(drawn);
        }
        return strokes;
    }
}
