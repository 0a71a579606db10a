package org.plastic4j.training.trainer;

import org.plastic4j.training.Device;
import org.plastic4j.training.Seeds;

/**
 * What a run gives to its experiment besides the configuration.
 *
 * @param seeds a seed for every use of randomness
 * @param threads how many threads to use; no result may depend on it
 * @param device what ND4J computes on
 */
public record Context(Seeds seeds, int threads, Device device) {}
