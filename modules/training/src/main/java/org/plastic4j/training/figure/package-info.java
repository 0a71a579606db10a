/** Pictures and animations of what a network does, for a report. */
package org.plastic4j.training.figure;
