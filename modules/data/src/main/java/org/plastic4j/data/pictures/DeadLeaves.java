package org.plastic4j.data.pictures;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Generated pictures with statistics of natural ones: dead leaves, which fall on each other and hide what is below
 * (Lee, Mumford and Huang, "Occlusion models for natural images", International Journal of Computer Vision 2001). The
 * leaves are discs of random gray, everywhere alike; the density of their radii falls as r^-3, with which pictures look
 * the same from near and from far.
 *
 * <p>Picture k is a function of the seed and of k alone.
 */
public final class DeadLeaves implements Pictures {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    /** Each pixel is the mean of so many points a side, so that edges are not jagged. */
    private static final int POINTS = 2;

    private static final int WIDTH = SIDE * POINTS;
    /**
     * In pixels; the power law holds between these. With them, pixels resemble their neighbours about as much as in
     * CIFAR-10: correlations of 0.89 with the next pixel and 0.73 with the one after it, there 0.91 and 0.77.
     */
    private static final double LEAST_RADIUS = 3;

    private static final double GREATEST_RADIUS = 2 * SIDE;

    /** As many as CIFAR-10 has, and split like it. */
    private static final int TRAINING = 50_000;

    private static final int HELD_OUT = 5_000;

    private final long seed;
    private final int first;
    private final int count;

    /**
     * The pictures {@code first .. first + count - 1} of a seed.
     *
     * @param seed whatever the pictures are to depend on
     * @param first the number of the first one, at least 0
     * @param count how many, at least 1
     */
    public DeadLeaves(long seed, int first, int count) {
        if (first < 0 || count < 1) {
            throw new IllegalArgumentException(
                    "DeadLeaves: expected a first picture of at least 0 and at least 1 of them, found " + first
                            + " and " + count + ".");
        }
        this.seed = seed;
        this.first = first;
        this.count = count;
    }

    /**
     * Training, validation and test pictures from ranges of numbers that do not meet.
     *
     * @param seed whatever the pictures are to depend on
     * @return the three sets
     */
    public static PictureData data(long seed) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("pictures", "generated: dead leaves, seed " + seed);
        facts.put("training", range(0, TRAINING));
        facts.put("validation", range(TRAINING, HELD_OUT));
        facts.put("test", range(TRAINING + HELD_OUT, HELD_OUT));
        return new PictureData(
                "generated dead leaves",
                new DeadLeaves(seed, 0, TRAINING),
                new DeadLeaves(seed, TRAINING, HELD_OUT),
                new DeadLeaves(seed, TRAINING + HELD_OUT, HELD_OUT),
                facts);
    }

    private static String range(int first, int count) {
        return String.format(Locale.ROOT, "%d pictures, numbers %d to %d", count, first, first + count - 1);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public float[] gray(int index) {
        long number = (long) first + Objects.checkIndex(index, count);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed ^ (number + 1) * GOLDEN);
        float[] points = new float[WIDTH * WIDTH];
        Arrays.fill(points, Float.NaN);
        int bare = points.length;
        // From the topmost leaf down: what is covered already stays as it is.
        while (bare > 0) {
            bare -= drop(points, random);
        }
        return averaged(points);
    }

    /** Puts one leaf below all others; how many points it covers that were bare. */
    private static int drop(float[] points, RandomGenerator random) {
        double radius = POINTS * radius(random.nextDouble());
        double margin = POINTS * GREATEST_RADIUS;
        // Leaves also lie across the borders, equally many everywhere.
        double row = random.nextDouble() * (WIDTH + 2 * margin) - margin;
        double column = random.nextDouble() * (WIDTH + 2 * margin) - margin;
        float gray = random.nextFloat();
        int covered = 0;
        for (int i = (int) Math.max(0, Math.ceil(row - radius)); i < Math.min(WIDTH, row + radius); i++) {
            double half = Math.sqrt(Math.max(0, radius * radius - (i - row) * (i - row)));
            for (int j = (int) Math.max(0, Math.ceil(column - half)); j < Math.min(WIDTH, column + half); j++) {
                if (Float.isNaN(points[i * WIDTH + j])) {
                    points[i * WIDTH + j] = gray;
                    covered++;
                }
            }
        }
        return covered;
    }

    /** The inverse of the distribution of a density that falls as r^-3, at {@code share}. */
    private static double radius(double share) {
        double near = 1 / (LEAST_RADIUS * LEAST_RADIUS);
        double far = 1 / (GREATEST_RADIUS * GREATEST_RADIUS);
        return 1 / Math.sqrt(near - share * (near - far));
    }

    private static float[] averaged(float[] points) {
        float[] gray = new float[SIDE * SIDE];
        for (int i = 0; i < WIDTH; i++) {
            for (int j = 0; j < WIDTH; j++) {
                gray[i / POINTS * SIDE + j / POINTS] += points[i * WIDTH + j] / (POINTS * POINTS);
            }
        }
        return gray;
    }
}
