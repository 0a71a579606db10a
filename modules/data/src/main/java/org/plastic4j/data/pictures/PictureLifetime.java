package org.plastic4j.data.pictures;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** One lifetime of the task: what is shown when, and what should be answered in the end. */
final class PictureLifetime {
    private final PictureTask task;
    private final RandomGenerator random;
    private final float[][] pictures;

    PictureLifetime(PictureTask task, Pictures source, RandomGenerator random) {
        this.task = task;
        this.random = random;
        Set<Integer> chosen = new LinkedHashSet<>();
        while (chosen.size() < task.pictures()) {
            chosen.add(random.nextInt(source.count()));
        }
        pictures = chosen.stream()
                .map(index -> Contrast.of(source.gray(index), task.side()))
                .toArray(float[][]::new);
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
            for (int p : shuffled(pictures.length)) {
                step = show(pictures[p], task.presentationSteps(), inputs, step, stride);
                step += task.gapSteps() * stride;
            }
        }
        float[] asked = pictures[random.nextInt(pictures.length)];
        float[] half = asked.clone();
        int middle = half.length / 2;
        int from = random.nextBoolean() ? 0 : middle;
        Arrays.fill(half, from, from + middle, 0);
        show(half, task.testSteps(), inputs, step, stride);
        System.arraycopy(asked, 0, target, targetAt, asked.length);
    }

    private static int show(float[] picture, int steps, float[] inputs, int at, int stride) {
        int step = at;
        for (int s = 0; s < steps; s++, step += stride) {
            System.arraycopy(picture, 0, inputs, step, picture.length);
        }
        return step;
    }
}
