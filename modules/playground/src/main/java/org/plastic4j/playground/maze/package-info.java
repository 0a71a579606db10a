/** Agents of several kinds in the same maze. */
package org.plastic4j.playground.maze;
