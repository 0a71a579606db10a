package org.plastic4j.data.patterns;

import java.util.random.RandomGenerator;

/** One lifetime of the task: what is shown when, and what should be answered in the end. */
final class PatternLifetime {
    private final PatternTask task;
    private final RandomGenerator random;
    private final float[][] patterns;

    PatternLifetime(PatternTask task, RandomGenerator random) {
        this.task = task;
        this.random = random;
        patterns = new float[task.patterns()][];
        for (int p = 0; p < patterns.length; p++) {
            patterns[p] = balancedBits();
        }
    }

    private float[] balancedBits() {
        float[] bits = new float[task.bits()];
        int[] order = shuffled(bits.length);
        for (int k = 0; k < bits.length; k++) {
            bits[order[k]] = k < bits.length / 2 ? -1 : 1;
        }
        return bits;
    }

    /** 0 .. count - 1 in random order (Fisher and Yates). */
    private int[] shuffled(int count) {
        int[] order = new int[count];
        for (int k = 0; k < count; k++) {
            int other = random.nextInt(k + 1);
            order[k] = order[other];
            order[other] = k;
        }
        return order;
    }

    /** Fills the lifetime's inputs, step after step, {@code stride} apart, and its target. */
    void write(float[] inputs, int at, int stride, float[] target, int targetAt) {
        int step = at;
        for (int cycle = 0; cycle < task.cycles(); cycle++) {
            for (int p : shuffled(patterns.length)) {
                step = show(patterns[p], task.presentationSteps(), inputs, step, stride);
                step += task.gapSteps() * stride;
            }
        }
        float[] asked = patterns[random.nextInt(patterns.length)];
        float[] degraded = asked.clone();
        int[] order = shuffled(degraded.length);
        for (int k = 0; k < task.degradedBits(); k++) {
            degraded[order[k]] = 0;
        }
        show(degraded, task.testSteps(), inputs, step, stride);
        System.arraycopy(asked, 0, target, targetAt, asked.length);
    }

    private static int show(float[] pattern, int steps, float[] inputs, int at, int stride) {
        int step = at;
        for (int s = 0; s < steps; s++, step += stride) {
            System.arraycopy(pattern, 0, inputs, step, pattern.length);
        }
        return step;
    }
}
