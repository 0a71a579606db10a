/** A run's metrics: their files, window means, and means over seeds. */
package org.plastic4j.training.metric;
