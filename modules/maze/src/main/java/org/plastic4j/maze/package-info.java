/** Agents that learn within their lives where the reward is: the reinforcement learning of the paper and its follow-up. */
package org.plastic4j.maze;
