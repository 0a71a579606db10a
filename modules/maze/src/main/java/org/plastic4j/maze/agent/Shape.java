package org.plastic4j.maze.agent;

/**
 * The sizes of an agent and its batch.
 *
 * @param steps of an episode, T
 * @param batch episodes, B
 * @param inputs what is sensed in a step
 * @param neurons of the recurrent layer, n
 * @param actions to choose from
 */
record Shape(int steps, int batch, int inputs, int neurons, int actions) {
    /** T B. */
    int transitions() {
        return Math.multiplyExact(steps, batch);
    }
}
