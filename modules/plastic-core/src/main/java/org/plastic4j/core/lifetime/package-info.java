/**
 * Whole lifetimes in a SameDiff graph. {@link org.plastic4j.core.lifetime.UnrolledLifetime} is the definition;
 * {@link org.plastic4j.core.lifetime.FusedLifetime} computes the same function and gradients in one op, and {@link
 * org.plastic4j.core.lifetime.LifetimeStepper} the same function a step at a time, outside of graphs.
 */
package org.plastic4j.core.lifetime;
