/** Classes of drawings that a network learns from one drawing each. */
package org.plastic4j.playground.draw;
