package org.plastic4j.maze.world;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** An agent's life in a world of {@link Cues}. */
public final class CueEpisode implements Episode {
    private final Cues world;
    private final RandomGenerator random;
    private final float[][] cues;
    private final int target;
    private int first;
    private int second;
    private Iterator<Trial.Signal> trial;
    private Trial.Signal shown;
    private int trials;
    private int right;

    CueEpisode(Cues world, RandomGenerator random) {
        this.world = world;
        this.random = random;
        cues = new float[world.cues()][world.bits()];
        for (int k = 0; k < cues.length; k++) {
            do {
                draw(cues[k]);
            } while (isThere(k));
        }
        target = random.nextInt(cues.length);
        begin();
    }

    private void draw(float[] cue) {
        for (int bit = 0; bit < cue.length; bit++) {
            cue[bit] = random.nextBoolean() ? 1 : -1;
        }
    }

    private boolean isThere(int cue) {
        for (int k = 0; k < cue; k++) {
            if (Arrays.equals(cues[k], cues[cue])) {
                return true;
            }
        }
        return false;
    }

    private void begin() {
        first = random.nextInt(cues.length);
        int other = random.nextInt(cues.length - 1);
        second = other < first ? other : other + 1;
        trial = world.trial().signals(random).iterator();
        shown = trial.next();
    }

    /** @return how many numbers there are to see */
    public int sights() {
        return world.sights();
    }

    /** @return whether an answer is asked for now */
    public boolean isGo() {
        return shown == Trial.Signal.GO;
    }

    /** @return whether the target is among the two cues of the present trial */
    public boolean isTargetAmongThem() {
        return first == target || second == target;
    }

    @Override
    public void see(float[] into, int at) {
        Arrays.fill(into, at, at + world.sights(), 0);
        switch (shown) {
            case FIRST -> System.arraycopy(cues[first], 0, into, at, world.bits());
            case SECOND -> System.arraycopy(cues[second], 0, into, at, world.bits());
            case GO -> into[at + world.bits()] = 1;
            case SILENCE -> {
                // Zeros.
            }
        }
    }

    /** Answers, where that is asked for: 1 for "the target was there", 0 for "it was not". */
    @Override
    public double act(int action) {
        double gained = 0;
        if (isGo()) {
            boolean isRight = (action == 1) == isTargetAmongThem();
            gained = isRight ? world.reward() : -world.reward();
            right += isRight ? 1 : 0;
            trials++;
        }
        if (trial.hasNext()) {
            shown = trial.next();
        } else {
            begin();
        }
        return gained;
    }

    /** {@code correct}: the share of answers that were right, {@code trials}: how many answers there were. */
    @Override
    public Map<String, Double> tally() {
        Map<String, Double> tally = new LinkedHashMap<>();
        tally.put("correct", trials == 0 ? 0 : (double) right / trials);
        tally.put("trials", (double) trials);
        return tally;
    }
}
