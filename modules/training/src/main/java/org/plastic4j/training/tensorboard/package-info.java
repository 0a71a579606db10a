/** A run's metrics as TensorBoard's event files. */
package org.plastic4j.training.tensorboard;
