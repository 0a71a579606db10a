/** Trained networks that come with the program, and how they get there. */
package org.plastic4j.playground.network;
