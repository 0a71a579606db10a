package org.plastic4j.benchmarks.cases;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * What both implementations compute on: the same numbers for the same seed.
 *
 * <p>They keep the neurons off saturation, where a float output says little about its gradient and two right executions
 * differ by more than rounding. How long a lifetime takes does not depend on them.
 *
 * @param benchmarkCase the case they are of
 * @param tensors u, y_cot [T, B, n], hebb_cot [B, n, n], clamp and value [T, B, n] where neurons are clamped, w and
 *     alpha [n, n], eta [1], and the rule's own m, f, g [n], c [1], A, B, C, D, lam, gam [n, n]
 */
public record CaseInputs(BenchmarkCase benchmarkCase, Map<String, HostTensor> tensors) {
    private static final double ETA = 0.05;

    /**
     * Draws the inputs of a case.
     *
     * @param benchmarkCase the case
     * @param seed of all of its random numbers
     */
    public static CaseInputs draw(BenchmarkCase benchmarkCase, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        long n = benchmarkCase.neurons();
        long t = benchmarkCase.steps();
        long b = benchmarkCase.batch();
        double scale = 0.5 / Math.sqrt(n);
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        tensors.put("w", normal(random, scale, n, n));
        tensors.put("alpha", normal(random, scale, n, n));
        tensors.put("eta", new HostTensor(new long[] {1}, new float[] {(float) ETA}));
        for (String own : benchmarkCase.rule().ownParameters()) {
            tensors.put(own, own(random, own, n));
        }
        tensors.put("u", normal(random, 0.5, t, b, n));
        if (benchmarkCase.clamped()) {
            tensors.put("clamp", coins(random, t, b, n));
            tensors.put("value", normal(random, 0.5, t, b, n));
        }
        tensors.put("y_cot", normal(random, 1, t, b, n));
        tensors.put("hebb_cot", normal(random, scale, b, n, n));
        return new CaseInputs(benchmarkCase, tensors);
    }

    /**
     * The signal's weights keep it off saturation; the fan-out's make rates of the size of a usual eta, and decays keep half
     * of a trace or more.
     */
    private static HostTensor own(RandomGenerator random, String name, long n) {
        return switch (name) {
            case "m" -> normal(random, 1 / Math.sqrt(n), n);
            case "c" -> normal(random, 0.3, 1);
            case "A", "B", "C", "D" -> normal(random, 1, n, n);
            case "gam" -> normal(random, ETA, n, n);
            case "lam" -> decays(random, n, n);
            default -> normal(random, ETA, n);
        };
    }

    private static HostTensor decays(RandomGenerator random, long... shape) {
        float[] values = new float[HostTensor.length(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat(0.5f, 1);
        }
        return new HostTensor(shape, values);
    }

    private static HostTensor normal(RandomGenerator random, double scale, long... shape) {
        float[] values = new float[HostTensor.length(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return new HostTensor(shape, values);
    }

    private static HostTensor coins(RandomGenerator random, long... shape) {
        float[] values = new float[HostTensor.length(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextBoolean() ? 1 : 0;
        }
        return new HostTensor(shape, values);
    }

    /**
     * A part of the lifetimes.
     *
     * @param from the first
     * @param to the first that is left out
     * @return inputs of {@code to - from} lifetimes with the same parameters
     */
    public Map<String, HostTensor> lifetimes(int from, int to) {
        Map<String, HostTensor> part = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> part.put(
                name,
                switch (name) {
                    case "u", "clamp", "value", "y_cot" -> tensor.part(1, from, to);
                    case "hebb_cot" -> tensor.part(0, from, to);
                    default -> tensor;
                }));
        return part;
    }
}
