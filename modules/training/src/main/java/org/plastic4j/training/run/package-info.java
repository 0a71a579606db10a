/** A run's directory: its files, its lock, where it came from. */
package org.plastic4j.training.run;
