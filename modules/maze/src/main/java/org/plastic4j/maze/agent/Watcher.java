package org.plastic4j.maze.agent;

import org.plastic4j.maze.world.Episode;

/** Looks at episodes while they run. */
@FunctionalInterface
public interface Watcher {
    /**
     * Called before an episode's first step and after every one. Several threads run episodes, but each episode runs in one thread.
     *
     * @param number of the episode in its batch, from 0
     * @param episode the episode as it is
     */
    void see(int number, Episode episode);
}
