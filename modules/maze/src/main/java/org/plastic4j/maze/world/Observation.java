package org.plastic4j.maze.world;

/**
 * What an agent observes before it acts, in this order.
 *
 * @param sight what there is to see in the world
 * @param bias a constant 1
 * @param step how much of the episode is over, from 0 to 1
 * @param reward the reward of the step before, as it is
 * @param action which action was taken in the step before: 1 for it, 0 for all others
 */
public record Observation(boolean sight, boolean bias, boolean step, boolean reward, boolean action) {
    /** All of them. */
    public static final Observation ALL = new Observation(true, true, true, true, true);

    /**
     * @param world where the agent lives
     * @return how many values it observes in a step
     */
    public int inputs(World world) {
        return (sight ? world.sights() : 0)
                + (bias ? 1 : 0)
                + (step ? 1 : 0)
                + (reward ? 1 : 0)
                + (action ? world.actions() : 0);
    }
}
