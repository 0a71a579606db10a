package org.plastic4j.data.omniglot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Characters that look as if somebody had written them, for when there are no data: two to four strokes, each a smooth
 * curve through random points. Every drawer has a hand of his own: the points shake, and the whole is shifted, stretched
 * and slanted a little.
 */
public final class GeneratedCharacters {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int TRAINING = 200;
    private static final int VALIDATION = 30;
    private static final int TEST = 60;
    private static final int DRAWINGS = 20;

    private static final int LEAST_STROKES = 2;
    private static final int MOST_STROKES = 4;
    private static final int LEAST_POINTS = 2;
    private static final int MOST_POINTS = 4;
    /** Half of a pen's width, in a picture of length 1. */
    private static final double PEN = 0.028;
    /** How far a drawer is off a point, as a standard deviation. */
    private static final double SHAKE = 0.02;

    private static final double SHIFT = 0.03;
    private static final double STRETCH = 0.08;
    /** Places along a stroke, near enough to each other for a line. */
    private static final int PLACES = 40;

    private GeneratedCharacters() {}

    /**
     * Training, validation and test characters, no two of them the same, with 20 drawings each.
     *
     * @param seed whatever they are to depend on
     * @param validationIsHeldOut whether those for validation are not trained on
     * @return the three sets
     */
    public static CharacterData data(long seed, boolean validationIsHeldOut) {
        int total = TRAINING + VALIDATION + TEST;
        List<String> names = IntStream.range(0, total)
                .mapToObj(number -> String.format(Locale.ROOT, "generated/character%03d", number))
                .toList();
        byte[] ink = new byte[total * DRAWINGS * Drawings.PIXELS];
        for (int c = 0; c < total; c++) {
            List<double[][]> strokes = strokes(random(seed, c));
            for (int d = 0; d < DRAWINGS; d++) {
                draw(strokes, random(seed, (long) total * (d + 1) + c), ink, (c * DRAWINGS + d) * Drawings.PIXELS);
            }
        }
        Drawings all = new Drawings(
                names, IntStream.range(0, total).mapToObj(c -> DRAWINGS).toList(), ink);
        int trained = validationIsHeldOut ? TRAINING : TRAINING + VALIDATION;
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("characters", "generated: random strokes, seed " + seed);
        facts.put("training", trained + " characters");
        facts.put("validation", (TRAINING + VALIDATION - trained) + " characters");
        facts.put("test", TEST + " characters");
        return new CharacterData(
                "generated characters",
                all.select(names.subList(0, trained)),
                all.select(names.subList(trained, TRAINING + VALIDATION)),
                all.select(names.subList(TRAINING + VALIDATION, total)),
                facts);
    }

    private static RandomGenerator random(long seed, long number) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed ^ (number + 1) * GOLDEN);
    }

    /** Each a list of points (row, column), from 0 to 1. */
    private static List<double[][]> strokes(RandomGenerator random) {
        List<double[][]> strokes = new ArrayList<>();
        int count = random.nextInt(LEAST_STROKES, MOST_STROKES + 1);
        for (int s = 0; s < count; s++) {
            double[][] points = new double[random.nextInt(LEAST_POINTS, MOST_POINTS + 1)][2];
            for (double[] point : points) {
                point[0] = 0.15 + 0.7 * random.nextDouble();
                point[1] = 0.15 + 0.7 * random.nextDouble();
            }
            strokes.add(points);
        }
        return strokes;
    }

    private static void draw(List<double[][]> strokes, RandomGenerator hand, byte[] ink, int at) {
        double[] shift = {SHIFT * hand.nextGaussian(), SHIFT * hand.nextGaussian()};
        double[] stretch = {1 + STRETCH * hand.nextGaussian(), 1 + STRETCH * hand.nextGaussian()};
        double slant = STRETCH * hand.nextGaussian();
        for (double[][] stroke : strokes) {
            double[][] drawn = new double[stroke.length][2];
            for (int k = 0; k < stroke.length; k++) {
                double row = stroke[k][0] - 0.5 + SHAKE * hand.nextGaussian();
                double column = stroke[k][1] - 0.5 + SHAKE * hand.nextGaussian();
                drawn[k][0] = 0.5 + shift[0] + stretch[0] * row;
                drawn[k][1] = 0.5 + shift[1] + stretch[1] * column + slant * row;
            }
            for (int place = 0; place <= PLACES; place++) {
                dot(on(drawn, (double) place / PLACES), ink, at);
            }
        }
    }

    /** A point of the Bezier curve of these points, by de Casteljau's way. */
    private static double[] on(double[][] points, double share) {
        double[][] left = new double[points.length][];
        for (int k = 0; k < points.length; k++) {
            left[k] = points[k].clone();
        }
        for (int count = points.length - 1; count > 0; count--) {
            for (int k = 0; k < count; k++) {
                left[k][0] += share * (left[k + 1][0] - left[k][0]);
                left[k][1] += share * (left[k + 1][1] - left[k][1]);
            }
        }
        return left[0];
    }

    /** What a round pen leaves there; its edge is half a pixel wide on both sides. */
    private static void dot(double[] place, byte[] ink, int at) {
        int side = Drawings.SIDE;
        double row = place[0] * side - 0.5;
        double column = place[1] * side - 0.5;
        double reach = PEN * side + 0.5;
        for (int i = (int) Math.max(0, Math.ceil(row - reach)); i <= Math.min(side - 1, row + reach); i++) {
            for (int j = (int) Math.max(0, Math.ceil(column - reach)); j <= Math.min(side - 1, column + reach); j++) {
                double share = Math.max(0, Math.min(1, reach - Math.hypot(i - row, j - column)));
                int pixel = at + i * side + j;
                ink[pixel] = (byte) Math.max(ink[pixel] & 0xff, (int) Math.round(255 * share));
            }
        }
    }
}
