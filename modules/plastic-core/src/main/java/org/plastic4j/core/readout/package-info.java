/**
 * Whole lifetimes of a plastic readout in a SameDiff graph. {@link org.plastic4j.core.readout.UnrolledReadout} is the
 * definition; {@link org.plastic4j.core.readout.FusedReadout} computes the same function and gradients in one op.
 */
package org.plastic4j.core.readout;
