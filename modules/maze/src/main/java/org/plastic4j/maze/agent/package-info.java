/** A recurrent plastic agent: it acts step by step, and learns by actor and critic from the same episodes, recomputed as a graph. */
package org.plastic4j.maze.agent;
