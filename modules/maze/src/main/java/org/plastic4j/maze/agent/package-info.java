/** A recurrent plastic agent: it acts step by step, and learns by actor and critic from the same life, lived again. */
package org.plastic4j.maze.agent;
