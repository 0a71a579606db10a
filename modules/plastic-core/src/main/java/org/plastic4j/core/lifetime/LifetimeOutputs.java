package org.plastic4j.core.lifetime;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What a batch of lifetimes gives.
 *
 * @param y the neurons' outputs at steps 1 to T, shape [T, B, n]
 * @param hebb the Hebbian traces after the last step, shape [B, n, n], of a readout [B, m, n]; empty where the layer is
 *     not plastic
 * @param eligibility the eligibility traces after the last step, shape [B, n, n]; empty where the rule has none
 */
public record LifetimeOutputs(SDVariable y, Optional<SDVariable> hebb, Optional<SDVariable> eligibility) {}
