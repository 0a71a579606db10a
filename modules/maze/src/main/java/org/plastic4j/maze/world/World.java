package org.plastic4j.maze.world;

import java.util.random.RandomGenerator;

/** A kind of world: every episode in it is another one, which the agent has to learn during the episode. */
public interface World {
    /** @return how many numbers there are to see in every step */
    int sights();

    /** @return how many actions there are to choose from in every step */
    int actions();

    /** @return how many steps an episode has, T */
    int steps();

    /**
     * @param random the source of all that is random in the episode; it belongs to the episode from here on
     * @return an episode at its beginning
     */
    Episode begin(RandomGenerator random);
}
