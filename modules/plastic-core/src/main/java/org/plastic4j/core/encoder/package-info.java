/**
 * Stacks of convolutions in a SameDiff graph. {@link org.plastic4j.core.encoder.UnrolledEncoder} is the definition in
 * SameDiff's own ops; {@link org.plastic4j.core.encoder.FusedEncoder} computes the same function and gradients in one op.
 */
package org.plastic4j.core.encoder;
