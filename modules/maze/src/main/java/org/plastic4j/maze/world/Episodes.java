package org.plastic4j.maze.world;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A batch of B episodes of one world that run side by side, and what an agent observes of them. */
public final class Episodes {
    private final World world;
    private final Observation observation;
    private final int inputs;
    private final List<Episode> episodes;
    private final float[] lastRewards;
    private final int[] lastActions;
    private int step;

    /**
     * Episodes at their beginning.
     *
     * @param world where they take place
     * @param observation what is observed of them
     * @param episodes of that world, at their beginning
     */
    public Episodes(World world, Observation observation, List<? extends Episode> episodes) {
        this.world = world;
        this.observation = observation;
        inputs = observation.inputs(world);
        this.episodes = List.copyOf(episodes);
        lastRewards = new float[this.episodes.size()];
        lastActions = new int[this.episodes.size()];
        Arrays.fill(lastActions, -1);
    }

    /** @return how many they are, B */
    public int count() {
        return episodes.size();
    }

    /** @return whether their steps are used up */
    public boolean areOver() {
        return step == world.steps();
    }

    /**
     * Writes what is sensed before the next action.
     *
     * @param into where to, [B, inputs]
     * @param at the place of the first number in it
     */
    public void observe(float[] into, int at) {
        for (int b = 0; b < episodes.size(); b++) {
            int next = at + b * inputs;
            if (observation.sight()) {
                episodes.get(b).see(into, next);
                next += world.sights();
            }
            if (observation.bias()) {
                into[next++] = 1;
            }
            if (observation.step()) {
                into[next++] = (float) step / world.steps();
            }
            if (observation.reward()) {
                into[next++] = lastRewards[b];
            }
            if (observation.action()) {
                for (int action = 0; action < world.actions(); action++) {
                    into[next++] = action == lastActions[b] ? 1 : 0;
                }
            }
        }
    }

    /**
     * Lives a step of all.
     *
     * @param actions what is done in each
     * @param from the place of the first action
     * @param rewards what each gets for it
     * @throws IllegalStateException if they are over
     */
    public void act(int[] actions, int from, float[] rewards) {
        if (areOver()) {
            throw new IllegalStateException("The episodes are over after " + step + " steps.");
        }
        for (int b = 0; b < episodes.size(); b++) {
            lastActions[b] = actions[from + b];
            lastRewards[b] = (float) episodes.get(b).act(lastActions[b]);
            rewards[from + b] = lastRewards[b];
        }
        step++;
    }

    /**
     * @param episodes at least one
     * @return means over the episodes of what they have counted
     */
    public static Map<String, Double> tally(List<Episode> episodes) {
        Map<String, Double> means = new LinkedHashMap<>();
        episodes.forEach(episode ->
                episode.tally().forEach((name, count) -> means.merge(name, count / episodes.size(), Double::sum)));
        return means;
    }
}
