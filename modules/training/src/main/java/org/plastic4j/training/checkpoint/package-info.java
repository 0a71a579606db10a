/** A run's state in files: written whole, read by NumPy too. */
package org.plastic4j.training.checkpoint;
