/** Worlds that an agent can act in, in plain Java: what there is to see, to do and to gain. */
package org.plastic4j.maze.world;
