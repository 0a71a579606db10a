/** Memorise binary patterns while alive, and complete a degraded one: the first experiment of the paper. */
package org.plastic4j.binarypatterns;
