package org.plastic4j.maze.world;

import java.util.Map;

/** One life in a {@link World}: see, act, see again. It ends after the world's number of steps. */
public interface Episode {
    /**
     * Writes what there is to see before the next action.
     *
     * @param into where to
     * @param at the place of the first of {@link World#sights} numbers in it
     */
    void see(float[] into, int at);

    /**
     * Lives a step.
     *
     * @param action from 0 to {@link World#actions} - 1
     * @return the reward for it
     */
    double act(int action);

    /** @return what has been counted since the beginning, always under the same names in the same order */
    Map<String, Double> tally();
}
