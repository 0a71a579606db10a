package org.plastic4j.data.omniglot;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.data.LifetimeStream;

/**
 * A stream of episodes. Some of them in a row, a group, may share the labelled drawings and be asked for different ones:
 * each is an episode as any other, but they are not independent of each other.
 *
 * <p>Features, for B episodes in G groups: drawings [S G + B, SIDE, SIDE, 1], first those shown with labels, step by step
 * and in a step group by group, then those asked for, episode by episode; and labels [T, B, N], 1 at the label of what is
 * shown, all 0 in the last step. Labels of the data set: [B, N], 1 at the class of what is asked for. Without groups, G =
 * B, the drawings are [T B, SIDE, SIDE, 1].
 */
public final class EpisodeStream extends LifetimeStream {
    private static final long serialVersionUID = 1;
    private static final int PIXELS = Characters.SIDE * Characters.SIDE;

    private final transient EpisodeTask task;
    private final transient Characters characters;
    /** Whether classes are turned by multiples of 90 degrees. */
    private final boolean turned;
    /** How many episodes in a row share the labelled drawings. */
    private final int group;

    /**
     * How episodes are made.
     *
     * @param turned whether every character of an episode is turned by a random number of quarter turns, which makes four
     *     classes of it
     * @param group how many episodes in a row share the labelled drawings, at least 1; a divisor of every batch
     */
    public record Manner(boolean turned, int group) {}

    /**
     * A stream of episodes.
     *
     * @param task their sizes
     * @param characters what is drawn from, each equally often
     * @param manner how they are made
     * @param seed the stream's own seed
     * @param batch episodes in a batch, at least 1
     * @throws IllegalArgumentException if there are fewer characters than ways, or fewer drawings of one than are shown
     */
    public EpisodeStream(EpisodeTask task, Characters characters, Manner manner, long seed, int batch) {
        super(seed, batch);
        this.task = Objects.requireNonNull(task, "task");
        this.characters = characters;
        turned = manner.turned();
        group = manner.group();
        if (characters.count() < task.ways()) {
            throw new IllegalArgumentException("EpisodeStream: expected at least " + task.ways()
                    + " characters, as there are ways, found " + characters.count() + ".");
        }
        for (int c = 0; c < characters.count(); c++) {
            if (characters.drawings(c) <= task.shots()) {
                throw new IllegalArgumentException("EpisodeStream: " + characters.name(c) + ": expected at least "
                        + (task.shots() + 1) + " drawings, one more than there are shots, found "
                        + characters.drawings(c) + ".");
            }
        }
        if (group < 1 || batch % group != 0) {
            throw new IllegalArgumentException(
                    "EpisodeStream: expected whole groups of " + group + " in a batch, found " + batch + ".");
        }
    }

    @Override
    protected MultiDataSet lifetimes(long first, int count) {
        if (first % group != 0 || count % group != 0) {
            throw new IllegalArgumentException("EpisodeStream: expected whole groups of " + group + ", found " + count
                    + " episodes from " + first + " on.");
        }
        int groups = count / group;
        int asked = task.labelled() * groups;
        float[] drawings = new float[Math.multiplyExact(asked + count, PIXELS)];
        float[] shown = new float[task.steps() * count * task.ways()];
        float[] answers = new float[count * task.ways()];
        for (int g = 0; g < groups; g++) {
            Group episodes = new Group(randomOf(first / group + g));
            for (int step = 0; step < task.labelled(); step++) {
                int place = episodes.order[step];
                int way = place / task.shots();
                episodes.write(way, place % task.shots(), drawings, (step * groups + g) * PIXELS);
                for (int q = 0; q < group; q++) {
                    shown[(step * count + g * group + q) * task.ways() + way] = 1;
                }
            }
            int[] ways = episodes.shuffled(task.ways());
            for (int q = 0; q < group; q++) {
                int episode = g * group + q;
                // Whole rounds through the classes: each episode's is as likely as any other.
                int way = ways[q % task.ways()];
                episodes.writeAnother(way, drawings, (asked + episode) * PIXELS);
                answers[episode * task.ways() + way] = 1;
            }
        }
        INDArray pictures =
                Nd4j.createFromArray(drawings).reshape('c', asked + count, Characters.SIDE, Characters.SIDE, 1);
        INDArray labels = Nd4j.createFromArray(shown).reshape('c', task.steps(), count, task.ways());
        INDArray targets = Nd4j.createFromArray(answers).reshape('c', count, task.ways());
        return new MultiDataSet(new INDArray[] {pictures, labels}, new INDArray[] {targets});
    }

    /** What a group's episodes share: characters, their turns and labelled drawings, and the order of these. */
    private final class Group {
        private final RandomGenerator random;
        private final int[] members;
        private final int[] turns;
        /** For each way its drawings in random order; the first are those with labels. */
        private final int[][] drawings;

        private final int[] order;

        Group(RandomGenerator random) {
            this.random = random;
            members = sample(characters.count(), task.ways());
            turns = new int[task.ways()];
            drawings = new int[task.ways()][];
            for (int way = 0; way < task.ways(); way++) {
                turns[way] = turned ? random.nextInt(Characters.TURNS) : 0;
                drawings[way] = shuffled(characters.drawings(members[way]));
            }
            order = shuffled(task.labelled());
        }

        /** Some of 0 .. total - 1, all different, in random order. */
        private int[] sample(int total, int count) {
            Set<Integer> chosen = new LinkedHashSet<>();
            while (chosen.size() < count) {
                chosen.add(random.nextInt(total));
            }
            return chosen.stream().mapToInt(Integer::intValue).toArray();
        }

        /** 0 .. count - 1 in random order (Fisher and Yates). */
        private int[] shuffled(int count) {
            int[] all = new int[count];
            for (int k = 0; k < count; k++) {
                int other = random.nextInt(k + 1);
                all[k] = all[other];
                all[other] = k;
            }
            return all;
        }

        private void write(int way, int drawing, float[] into, int at) {
            characters.write(members[way], drawings[way][drawing], turns[way], into, at);
        }

        /** One of the drawings that are not shown with labels. */
        private void writeAnother(int way, float[] into, int at) {
            write(way, task.shots() + random.nextInt(drawings[way].length - task.shots()), into, at);
        }
    }
}
