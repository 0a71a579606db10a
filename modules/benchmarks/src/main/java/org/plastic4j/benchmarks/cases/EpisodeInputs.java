package org.plastic4j.benchmarks.cases;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Episodes of 5-way 1-shot classification in Omniglot's sizes, and the network that runs them, with random numbers in
 * place of drawings: how long they take does not depend on them.
 *
 * @param batch how many episodes, B
 * @param tensors convN_w [3, 3, channels, 64] and convN_b [64] for N from 1 to 4, w and alpha [64, 5], eta [1], pictures
 *     [6, B, 31, 31], drive [6, B, 5], asked [B, 5], cotangent [6, B, 64]
 */
public record EpisodeInputs(int batch, Map<String, HostTensor> tensors) {
    /** Rows and columns of a picture. */
    public static final int SIDE = 31;
    /** Convolutions. */
    public static final int LAYERS = 4;
    /** Rows and columns of their filters. */
    public static final int KERNEL = 3;
    /** Of all convolutions. */
    public static final int STRIDE = 2;
    /** Filters of each, which is how many features a picture has. */
    public static final int FILTERS = 64;
    /** Classes of an episode. */
    public static final int WAYS = 5;
    /** Steps of an episode. */
    public static final int STEPS = WAYS + 1;

    private static final double CLAMP = 1000;

    /** What is measured of them. */
    public enum Work {
        /** The embedding of all pictures, with the gradients of its parameters. */
        EMBEDDING,
        /** The whole of an update: episodes, gradients of all parameters, and Adam. */
        TRAINING
    }

    /**
     * Draws episodes and a network.
     *
     * @param batch how many episodes
     * @param seed of all random numbers
     */
    public static EpisodeInputs draw(int batch, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        for (int l = 1; l <= LAYERS; l++) {
            int channels = l == 1 ? 1 : FILTERS;
            double scale = 1.0 / Math.sqrt(KERNEL * KERNEL * channels);
            tensors.put("conv" + l + "_w", uniform(random, scale, KERNEL, KERNEL, channels, FILTERS));
            tensors.put("conv" + l + "_b", uniform(random, scale, FILTERS));
        }
        tensors.put("w", uniform(random, 0.1, FILTERS, WAYS));
        tensors.put("alpha", uniform(random, 0.5, FILTERS, WAYS));
        tensors.put("eta", new HostTensor(new long[] {1}, new float[] {0.3f}));
        tensors.put("pictures", uniform(random, 1, STEPS, batch, SIDE, SIDE));
        float[] drive = new float[STEPS * batch * WAYS];
        float[] asked = new float[batch * WAYS];
        for (int b = 0; b < batch; b++) {
            for (int t = 0; t < WAYS; t++) {
                drive[(t * batch + b) * WAYS + (t + b) % WAYS] = (float) CLAMP;
            }
            asked[b * WAYS + random.nextInt(WAYS)] = 1;
        }
        tensors.put("drive", new HostTensor(new long[] {STEPS, batch, WAYS}, drive));
        tensors.put("asked", new HostTensor(new long[] {batch, WAYS}, asked));
        tensors.put("cotangent", uniform(random, 1, STEPS, batch, FILTERS));
        return new EpisodeInputs(batch, tensors);
    }

    private static HostTensor uniform(RandomGenerator random, double range, long... shape) {
        float[] values = new float[HostTensor.length(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (range * (2 * random.nextDouble() - 1));
        }
        return new HostTensor(shape, values);
    }

    /**
     * A part of the episodes.
     *
     * @param from the first
     * @param to the first that is left out
     */
    public EpisodeInputs episodes(int from, int to) {
        Map<String, HostTensor> part = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> part.put(
                name,
                switch (name) {
                    case "pictures", "drive", "cotangent" -> tensor.part(1, from, to);
                    case "asked" -> tensor.part(0, from, to);
                    default -> tensor;
                }));
        return new EpisodeInputs(to - from, part);
    }

    /** Whether this tensor is trained by such work. */
    public static boolean isTrained(Work work, String name) {
        return name.startsWith("conv")
                || work == Work.TRAINING && (name.equals("w") || name.equals("alpha") || name.equals("eta"));
    }
}
